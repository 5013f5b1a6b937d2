import { isOwn } from './own-page.ts';

/** As `electron.vite.config.ts` puts it on the scripts and styles that the dev server brings along. */
const NONCE = 'dev';

/**
 * Where the window's files come from while they are edited: in a checkout only, and from this computer only. `undefined`
 * where they are those that were built.
 */
export function devServerOf(
  { ELECTRON_RENDERER_URL: url }: Readonly<Record<string, string | undefined>>,
  isPackaged: boolean,
): URL | undefined {
  const server = isPackaged || url === undefined ? null : URL.parse(url);
  return server?.protocol === 'http:' && server.hostname === '127.0.0.1' ? server : undefined;
}

/** Where the dev server has what one of our URLs means; `undefined` for a URL that is not ours. */
export function devUrl(url: string, server: URL): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null || !isOwn(parsed)) return undefined;
  return `${server.origin}${parsed.pathname === '/' ? '/index.html' : parsed.pathname}${parsed.search}`;
}

/** What goes with each answer of the dev server; the policy lets it tell the page what was edited. */
export function devHeaders(contentType: string | null, { host, origin }: URL): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${NONCE}'`,
    `style-src 'self' 'nonce-${NONCE}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${origin} ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'Content-Type': contentType ?? 'application/octet-stream',
    'Content-Security-Policy': policy.join('; '),
    'Cache-Control': 'no-store',
  };
}
