import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { SCHEME } from './own-page.ts';
import { fileOf, headersOf, listPageFiles } from './page-files.ts';

/** Before the app is ready. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/** Once the app is ready: the window's files come from this folder, with their policy, and from nowhere else. */
export function servePages(folder: string): void {
  const files = listPageFiles(folder);
  protocol.handle(SCHEME, async ({ url, method }) => {
    const file = method === 'GET' ? fileOf(url, files) : undefined;
    if (file === undefined) return new Response('Not found', { status: 404, headers: headersOf('.txt') });
    return new Response(new Uint8Array(await readFile(file)), { headers: headersOf(file) });
  });
}
