import { once } from 'node:events';
import { createServer as createProxy } from 'node:http';
import { createServer, request } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { CoreV1Api } from '@kubernetes/client-node';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Access } from '../../../main/cluster/access.ts';
import { makeAuthority } from './certificates.ts';
import { base64, setUp } from './set-up-authenticator.ts';

const authority = makeAuthority();

describe.skipIf(authority === undefined)('against a real server (its certificates need the openssl program)', () => {
  async function listen(server: Server): Promise<number> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.close();
    });
    return (server.address() as AddressInfo).port;
  }

  /** Wants a certificate and a token, and says whom it sees and where it was asked. */
  async function startServer() {
    const { ca, issue } = requireAuthority();
    const { certificate, key } = issue(1);
    const server = createServer({ cert: certificate, key, ca, requestCert: true }, (incoming, response) => {
      const name = incoming.socket instanceof TLSSocket ? incoming.socket.getPeerCertificate().subject?.CN : '';
      const metadata = { name, annotations: { path: incoming.url, token: incoming.headers.authorization } };
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ items: [{ metadata }] }));
    });
    return listen(server);
  }

  function requireAuthority() {
    if (authority === undefined) throw new Error('skipped without it');
    return authority;
  }

  async function ask({ server, headers, tls, agent }: Access): Promise<unknown> {
    const asked = request(new URL(`${server.href}/api/v1/namespaces`), {
      headers,
      ...tls,
      ...(agent ? { agent } : {}),
    });
    const [response] = await once(asked.end(), 'response');
    return JSON.parse(Buffer.concat(await response.toArray()).toString()).items[0].metadata;
  }

  async function setUpClient(port: number, cluster: object = {}) {
    const { ca, issue } = requireAuthority();
    const { certificate, key } = issue(1);
    return setUp({
      cluster: { server: `https://127.0.0.1:${port}/prefix`, 'certificate-authority': 'ca.crt', ...cluster },
      user: { token: 't', 'client-certificate': 'me.crt', 'client-key-data': base64(key) },
      files: { 'ca.crt': ca, 'me.crt': certificate },
    });
  }

  const seen = { name: 'node', annotations: { path: '/prefix/api/v1/namespaces', token: 'Bearer t' } };

  test('the access is enough for a request', async () => {
    const { authenticator } = await setUpClient(await startServer());
    expect(await ask(await authenticator.access())).toEqual(seen);
  });

  test('so is what client-node gets', async () => {
    const { authenticator } = await setUpClient(await startServer());
    const api = (await authenticator.kubeConfig()).makeApiClient(CoreV1Api);
    const { items } = await api.listNamespace();
    expect(items[0]?.metadata).toMatchObject(seen);
  });

  /** Connects two sockets, after telling the first that it is done. */
  const join = (socket: Duplex, port: number, host: string, done: string | Buffer) => {
    const onward = connect(port, host, () => socket.write(done));
    onward.pipe(socket).pipe(onward);
  };

  test('through a proxy, which sees where to and nothing else', async () => {
    const asked: string[] = [];
    const proxy = createProxy().on('connect', ({ url = '' }, socket) => {
      asked.push(url);
      const { hostname, port } = new URL(`http://${url}`);
      join(socket, Number(port), hostname, 'HTTP/1.1 200 OK\r\n\r\n');
    });
    const port = await startServer();
    const { authenticator } = await setUpClient(port, { 'proxy-url': `http://127.0.0.1:${await listen(proxy)}` });
    expect(await ask(await authenticator.access())).toEqual(seen);
    expect(asked).toEqual([`127.0.0.1:${port}`]);
  });

  test('through a SOCKS proxy', async () => {
    const asked: string[] = [];
    const proxy = createTcpServer(async socket => {
      await once(socket, 'data');
      socket.write(Buffer.from([5, 0]));
      const [wanted] = await once(socket, 'data');
      const host = [...wanted.subarray(4, 8)].join('.');
      asked.push(`${host}:${wanted.readUInt16BE(8)}`);
      join(socket, wanted.readUInt16BE(8), host, Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
    });
    const port = await startServer();
    const proxyUrl = `socks5://127.0.0.1:${await listen(proxy)}`;
    const { authenticator } = await setUpClient(port, { 'proxy-url': proxyUrl });
    expect(await ask(await authenticator.access())).toEqual(seen);
    expect(asked).toEqual([`127.0.0.1:${port}`]);

    const elsewhere = await setUpClient(port, { 'proxy-url': proxyUrl, 'tls-server-name': 'elsewhere' });
    await expect(ask(await elsewhere.authenticator.access())).rejects.toThrow("Host: elsewhere. is not cert's CN");
  });
});
