import { once } from 'node:events';
import { createServer as createPlainServer, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { selfSignedCertificate } from '../../../main/demo/certificate.ts';
import { describeCertificate } from '../../../main/probe/certificate.ts';
import { type Dial, tryAddress } from '../../../main/probe/reach.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, 'close');
  }
});

/** Listens on loopback; a dial that leads to it for one port, and to a port that refuses for the other. */
async function dialTo(server: Server, served: 80 | 443): Promise<Dial> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return (_, asked) => ({ host: '127.0.0.1', port: asked === served ? port : 1 });
}

const NAME = 'turing-cluster.local';

describe('an address', () => {
  test('that nobody has', async () => {
    expect(await tryAddress(NAME, '10.0.0.70', () => ({ host: '127.0.0.1', port: 1 }))).toEqual([
      { step: 'port', ok: false, message: 'Nothing answers at 10.0.0.70, neither on port 443 nor on port 80.' },
    ]);
  });

  test('over HTTP: Traefik’s 404', async () => {
    const server = createPlainServer((request, response) => {
      expect(request.headers.host).toBe(NAME);
      response.writeHead(404).end('404 page not found\n');
    });
    const [port, http] = await tryAddress(NAME, '10.0.0.70', await dialTo(server, 80));
    expect(port).toEqual({ step: 'port', ok: true, message: '10.0.0.70 answers on port 80.' });
    expect(http).toEqual({
      ...{ step: 'http', ok: true },
      message: `http://${NAME} answers with Traefik’s 404: everything up to Traefik works, it only routes nothing for this name yet.`,
    });
  });

  test('another 404 is not Traefik’s', async () => {
    const server = createPlainServer((_, response) => response.writeHead(404).end('<h1>Not found</h1>'));
    const steps = await tryAddress(NAME, '10.0.0.70', await dialTo(server, 80));
    expect(steps.at(-1)?.message).toBe(`http://${NAME} answers with 404.`);
  });

  test.each([NAME, '10.0.0.70'])('over HTTPS, asked for as %s', async hostname => {
    const certificate = selfSignedCertificate('TRAEFIK DEFAULT CERT', ['traefik.default']);
    const server = createServer(certificate, (_, response) => response.end('hello'));
    const steps = await tryAddress(hostname, '10.0.0.70', await dialTo(server, 443));
    expect(steps.at(-1)).toEqual({
      ...{ step: 'http', ok: true },
      message: `https://${hostname} answers with 200. Its certificate is self-signed (TRAEFIK DEFAULT CERT).`,
    });
  });

  test.each([
    ['goes on and on', (response: ServerResponse) => void setInterval(() => response.write('.'), 5).unref()],
    ['hangs up halfway', (response: ServerResponse) => void setTimeout(() => response.destroy(), 5)],
  ])('whose answer %s', async (_, go) => {
    const server = createPlainServer((_request, response) => {
      response.writeHead(200).write('hello');
      go(response);
    });
    const steps = await tryAddress(NAME, '10.0.0.70', await dialTo(server, 80));
    expect(steps.at(-1)).toMatchObject({ ok: true, message: `http://${NAME} answers with 200.` });
  });

  test('that answers on one port only', async () => {
    const strict = await dialTo(
      createTcpServer(socket => socket.destroy()),
      443,
    );
    const plain = await dialTo(
      createPlainServer((_, response) => response.end('hello')),
      80,
    );
    const steps = await tryAddress(NAME, '10.0.0.70', (address, port) =>
      (port === 443 ? strict : plain)(address, port),
    );
    expect(steps).toMatchObject([{ message: '10.0.0.70 answers on port 80.' }, { ok: true }]);
  });

  test('that takes the connection and hangs up', async () => {
    const server = createTcpServer(socket => socket.destroy());
    const steps = await tryAddress(NAME, '10.0.0.70', await dialTo(server, 80));
    expect(steps.at(-1)).toMatchObject({
      step: 'http',
      ok: false,
      message: expect.stringContaining('does not answer'),
    });
  });
});

test('a certificate whose names are malformed is for other names', () => {
  const nobody = { CN: 'x', O: '', C: '', ST: '', L: '', OU: '' };
  const shown = { subject: nobody, issuer: { ...nobody, CN: 'y' }, subjectaltname: 'DNS:"a' };
  const dates = { valid_from: 'Jan 1 00:00:00 2026 GMT', valid_to: 'Jan 1 00:00:00 2027 GMT' };
  const told = describeCertificate({ ...shown, ...dates }, '', NAME, Date.parse('2026-06-01'));
  expect(told).toContain('for other names');
});

describe('a certificate', () => {
  const NOW = Date.parse('2026-06-01');
  const who = (CN: string, O = '') => ({ CN, O, C: '', ST: '', L: '', OU: '' });
  const good = {
    subject: who('grafana.home.arpa'),
    issuer: who('Home CA'),
    valid_from: 'Jan  1 00:00:00 2026 GMT',
    valid_to: 'Jan  1 00:00:00 2027 GMT',
    subjectaltname: 'DNS:grafana.home.arpa, DNS:*.apps.home.arpa',
  };
  test.each([
    ['', {}, 'by Home CA'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', {}, 'by Home CA, an authority not known here'],
    ['CERT_HAS_EXPIRED', { valid_to: 'May  2 00:00:00 2026 GMT' }, 'by Home CA; expired on 2026-05-02'],
    ['CERT_NOT_YET_VALID', { valid_from: 'Jul  3 00:00:00 2026 GMT' }, 'by Home CA; not valid before 2026-07-03'],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      { subjectaltname: 'DNS:nas.home.arpa' },
      'by Home CA; for other names (nas.home.arpa)',
    ],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', { subject: who('Home CA') }, 'self-signed (Home CA)'],
    [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      { issuer: who('a\u001b[31m\nb'), subjectaltname: `DNS:${'x'.repeat(90)}` },
      `by a [31m b, an authority not known here; for other names (${'x'.repeat(80)}…)`,
    ],
    ['', { issuer: { ...who(''), CN: undefined as unknown as string, O: "Let's Encrypt" } }, "by Let's Encrypt"],
  ])('%s %o', (code, change, wanted) => {
    expect(describeCertificate({ ...good, ...change }, code, 'grafana.home.arpa', NOW)).toBe(
      `Its certificate is ${wanted}.`,
    );
  });
});
