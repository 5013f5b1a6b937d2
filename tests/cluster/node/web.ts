/**
 * Usage: web.ts PKI CHARTS PORT. Stands where Traefik's pods would: on the ports 8000 and 8443 every request gets
 * Traefik's answer to a host that it has no route for. Serves the folder CHARTS on PORT besides.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { basename, join } from 'node:path';

const [pki = '', charts = '', port = ''] = process.argv.slice(2);

const notFound: http.RequestListener = (_request, response) => {
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
  response.end('404 page not found\n');
};

const chart: http.RequestListener = (request, response) => {
  readFile(join(charts, basename(request.url ?? ''))).then(
    bytes => response.end(bytes),
    () => notFound(request, response),
  );
};

const certificate = { cert: readFileSync(join(pki, 'apiserver.crt')), key: readFileSync(join(pki, 'apiserver.key')) };
http.createServer(notFound).listen(8000);
https.createServer(certificate, notFound).listen(8443);
http.createServer(chart).listen(Number(port));
