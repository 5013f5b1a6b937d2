import { readFile } from 'node:fs/promises';
import { net, protocol } from 'electron';
import { devHeaders, devUrl } from './dev-server.ts';
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
    if (file === undefined) return notFound();
    return new Response(new Uint8Array(await readFile(file)), { headers: headersOf(file) });
  });
}

/** The same while they are edited. For the page nothing is different: neither its origin nor who may ask us. */
export function passOnToDevServer(server: URL): void {
  protocol.handle(SCHEME, async ({ url, method }) => {
    const there = method === 'GET' ? devUrl(url, server) : undefined;
    if (there === undefined) return notFound();
    const { status, headers, body } = await net.fetch(there);
    return new Response(body, { status, headers: devHeaders(headers.get('content-type'), server) });
  });
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: headersOf('.txt') });
}
