import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { isOwn } from './own-page.ts';

const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.woff2', 'font/woff2'],
]);

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The files that the window may load, by their path in the URL: those that were built, and of known types. */
export function listPageFiles(folder: string): ReadonlyMap<string, string> {
  return new Map(walk(folder, '').map(path => [path, join(folder, path)]));
}

/**
 * The file that a URL means. Nothing is joined to a path or decoded: a URL means a file that was found before, or none.
 * The parser has resolved dots already, also those written `%2e`.
 */
export function fileOf(url: string, files: ReadonlyMap<string, string>): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null || !isOwn(parsed)) return undefined;
  return files.get(parsed.pathname === '/' ? '/index.html' : parsed.pathname);
}

/** What goes with each file. */
export function headersOf(file: string): Record<string, string> {
  return {
    'Content-Type': CONTENT_TYPES.get(extname(file)) ?? 'application/octet-stream',
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}

/** Not readdir's own recursion, which does not know archives of Electron. */
function walk(folder: string, path: string): string[] {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap(entry => {
    const inside = `${path}/${entry.name}`;
    if (entry.isDirectory()) return walk(folder, inside);
    return entry.isFile() && CONTENT_TYPES.has(extname(entry.name)) ? [inside] : [];
  });
}
