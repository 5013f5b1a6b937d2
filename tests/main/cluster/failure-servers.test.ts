import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type RequestOptions, request, type ServerOptions } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { explainFailure, type Failure } from '../../../main/cluster/failure.ts';
import type { AppError } from '../../../main/errors.ts';
import { makeAuthority } from './certificates.ts';

const authority = makeAuthority();

describe.skipIf(authority === undefined)('real servers (their certificates need the openssl program)', () => {
  const { ca = '', issue = () => ({ certificate: '', key: '' }) } = authority ?? {};
  const other = makeAuthority();
  const good = issue(1);
  const expired = issue(-1);
  // Not before they were issued, else they would not be valid yet.
  const now = new Date();

  async function listen(server: Server): Promise<number> {
    const sockets: Socket[] = [];
    server.on('connection', socket => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return (server.address() as AddressInfo).port;
  }

  /** A server that answers every request with this status. */
  const answering = (status: number, options: ServerOptions = {}) =>
    createServer({ cert: good.certificate, key: good.key, ...options }, (_request, response) => {
      response.writeHead(status).end();
    });

  const attempt = (port: number, certificate: string) => ({
    server: new URL(`https://127.0.0.1:${port}`),
    proxyUrl: '',
    certificate,
    file: '/home/me/.kube/config',
    platform: process.platform,
  });

  /** Asks as the product does: what comes of it, and how that reads. */
  async function ask(port: number, options: RequestOptions = {}): Promise<AppError> {
    const explain = (failure: Failure) => {
      const certificate = options.cert === undefined ? '' : String(options.cert);
      return explainFailure(failure, attempt(port, certificate), now);
    };
    try {
      const asked = request({ host: '127.0.0.1', port, ca, signal: AbortSignal.timeout(2_000), ...options });
      const [response] = await once(asked.end(), 'response');
      return explain({ kind: 'status', status: response.statusCode, message: '' });
    } catch (error) {
      return explain({ kind: 'error', error });
    }
  }

  const told = (code: string, message: string) => ({ code, message: expect.stringContaining(message) });

  test('closed port', async () => {
    expect(await ask(1)).toMatchObject(
      told('unreachable', 'is this computer (127.0.0.1:1), but nothing answers here.'),
    );
  });

  test('silent server', async () => {
    const port = await listen(createTcpServer());
    const failure = await ask(port, { signal: AbortSignal.timeout(100) });
    expect(failure).toMatchObject(told('unreachable', 'but nothing answers here.'));
  });

  test('server that hangs up', async () => {
    const port = await listen(createTcpServer(socket => socket.destroy()));
    expect(await ask(port)).toMatchObject(told('unreachable', 'closed the connection.'));
    const rude = await listen(createTcpServer(socket => socket.resetAndDestroy()));
    expect(await ask(rude)).toMatchObject(told('unreachable', 'closed the connection.'));
  });

  test('no TLS: a web server, and another protocol', async () => {
    const port = await listen(createHttpServer((_request, response) => response.end()));
    expect(await ask(port)).toMatchObject(told('certificate', 'does not speak TLS.'));
    const ssh = await listen(createTcpServer(socket => socket.write('SSH-2.0-OpenSSH_9.9\r\n')));
    expect(await ask(ssh)).toMatchObject(told('certificate', 'does not speak TLS.'));
  });

  test('TLS, but no HTTP', async () => {
    const port = await listen(
      createTlsServer({ cert: good.certificate, key: good.key }, socket => socket.end('hello\r\n\r\n')),
    );
    expect(await ask(port)).toMatchObject(told('server', 'does not speak as a Kubernetes API does.'));
  });

  test('another authority', async () => {
    const port = await listen(answering(200));
    expect(await ask(port, { ca: other?.ca })).toMatchObject(told('certificate', 'was not made by the authority'));
  });

  test('another name', async () => {
    const port = await listen(answering(200));
    const failure = await ask(port, { servername: 'turing.local' });
    expect(failure).toMatchObject(told('certificate', 'is for other names (127.0.0.1).'));
  });

  test('expired certificate of the server', async () => {
    const port = await listen(answering(200, { cert: expired.certificate, key: expired.key }));
    expect(await ask(port)).toMatchObject(told('certificate', `The certificate of 127.0.0.1:${port} has expired.`));
  });

  const day = new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10);
  const mine = { cert: expired.certificate, key: expired.key };
  test.each([
    { title: 'asks for one and then does not know the user, as Kubernetes does', options: { requestCert: true } },
    { title: 'refuses it in TLS 1.3', options: { ca, requestCert: true, rejectUnauthorized: true } },
    {
      title: 'refuses it in TLS 1.2',
      options: { ca, requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' } as const,
    },
  ])('expired client certificate, shown to a server that $title', async ({ options }) => {
    const port = await listen(answering(401, options));
    const failure = await ask(port, mine);
    expect(failure).toMatchObject(
      told('certificate', `The client certificate in /home/me/.kube/config expired on ${day}.`),
    );
    expect(failure.hint).toContain('Copy the kubeconfig again');
  });

  test('expired client certificate, refused with an alert, as other servers do', () => {
    const error = Object.assign(new Error('alert'), { code: 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED' });
    const failure = explainFailure({ kind: 'error', error }, attempt(6443, expired.certificate), now);
    expect(failure).toMatchObject(told('certificate', `expired on ${day}.`));
  });

  test('client certificate missing where TLS wants one', async () => {
    const port = await listen(answering(200, { ca, requestCert: true, rejectUnauthorized: true }));
    expect(await ask(port)).toMatchObject(told('certificate', 'client certificate'));
  });

  test('401 with a valid client certificate, and 403', async () => {
    const options = { cert: good.certificate, key: good.key };
    const unauthorized = await ask(await listen(answering(401)), options);
    expect(unauthorized).toMatchObject(told('unauthorized', 'does not know the user of this kubeconfig (401).'));
    expect(unauthorized.hint).toContain('set up anew');
    expect(await ask(await listen(answering(403)), options)).toMatchObject(told('forbidden', '(403).'));
  });

  test('client certificate from the future', () => {
    const early = attempt(6443, good.certificate);
    const failure = explainFailure({ kind: 'status', status: 401, message: '' }, early, new Date(0));
    expect(failure).toMatchObject({ code: 'certificate', hint: "Check this computer's clock." });
  });
});
