import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** `electron`'s `net`: as Node's `fetch`, and reads files. */
export const net = {
  isOnline: (): boolean => true,
  online: true,
  async fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.protocol !== 'file:') return await fetch(input, init);
    const body = await readFile(url).catch(() => {
      throw new Error('net::ERR_FILE_NOT_FOUND');
    });
    return new Response(body, {
      headers: { 'content-type': TYPES[extname(url.pathname)] ?? 'application/octet-stream' },
    });
  },
};
