import { describe, expect, test } from 'vitest';
import { explainFailure } from '../../../main/cluster/failure.ts';
import type { Attempt } from '../../../main/cluster/failure-words.ts';
import { AppError } from '../../../main/errors.ts';

const NOW = new Date();

const attempt = (server: string, rest: Partial<Attempt> = {}): Attempt => ({
  server: new URL(server),
  proxyUrl: '',
  certificate: '',
  file: '/home/me/.kube/config',
  platform: 'linux',
  ...rest,
});
const AWAY = attempt('https://192.168.1.10:6443');

const errorOf = (code: string, message = '', rest: object = {}) => Object.assign(new Error(message), { code, ...rest });
const openssl = (reason: string, alert = '') =>
  errorOf(
    'EPROTO',
    `write EPROTO 401D:error:0A00010B:SSL routines:ssl3_read_bytes:${reason}:../record.c:77:${alert}\n`,
  );

describe('errors', () => {
  const explain = (error: unknown, of = AWAY) => explainFailure({ kind: 'error', error }, of, NOW);

  test.each([
    { error: errorOf('ECONNREFUSED'), code: 'unreachable', told: 'Nothing listens at 192.168.1.10:6443.' },
    { error: errorOf('ETIMEDOUT'), code: 'unreachable', told: '192.168.1.10:6443 does not answer.' },
    {
      error: new DOMException('late', 'TimeoutError'),
      code: 'unreachable',
      told: '192.168.1.10:6443 does not answer.',
    },
    { error: errorOf('ENOTFOUND'), code: 'unreachable', told: 'The name 192.168.1.10 cannot be found.' },
    { error: errorOf('EAI_AGAIN'), code: 'unreachable', told: 'The name 192.168.1.10 cannot be found.' },
    { error: errorOf('EHOSTUNREACH'), code: 'unreachable', told: 'There is no way from here to 192.168.1.10:6443.' },
    { error: errorOf('ENETUNREACH'), code: 'unreachable', told: 'There is no way from here to 192.168.1.10:6443.' },
    { error: errorOf('ECONNRESET'), code: 'unreachable', told: '192.168.1.10:6443 closed the connection.' },
    { error: openssl('wrong version number'), code: 'certificate', told: 'does not speak TLS.' },
    { error: openssl('packet length too long'), code: 'certificate', told: 'does not speak TLS.' },
    { error: errorOf('ERR_SSL_WRONG_VERSION_NUMBER'), code: 'certificate', told: 'does not speak TLS.' },
    {
      error: openssl('handshake failure', 'SSL alert number 40'),
      code: 'certificate',
      told: 'refused the TLS settings',
    },
    {
      error: errorOf('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
      code: 'certificate',
      told: 'refused the TLS settings',
    },
    { error: errorOf('DEPTH_ZERO_SELF_SIGNED_CERT'), code: 'certificate', told: 'was not made by the authority' },
    { error: errorOf('SELF_SIGNED_CERT_IN_CHAIN'), code: 'certificate', told: 'was not made by the authority' },
    { error: errorOf('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), code: 'certificate', told: 'was not made by the authority' },
    { error: errorOf('CERT_SIGNATURE_FAILURE'), code: 'certificate', told: 'was not made by the authority' },
    { error: errorOf('CERT_HAS_EXPIRED'), code: 'certificate', told: 'has expired.' },
    { error: errorOf('CERT_NOT_YET_VALID'), code: 'certificate', told: 'is not valid yet.' },
    { error: errorOf('ERR_TLS_CERT_ALTNAME_INVALID'), code: 'certificate', told: 'is for other names.' },
    { error: errorOf('HPE_INVALID_CONSTANT'), code: 'server', told: 'does not speak as a Kubernetes API does.' },
    {
      error: errorOf('E_NEW', 'a\u001b[31mb\n'),
      code: 'unreachable',
      told: 'The request to 192.168.1.10:6443 failed: ab.',
    },
    { error: 'thrown text', code: 'unreachable', told: 'The request to 192.168.1.10:6443 failed: thrown text.' },
    { error: undefined, code: 'unreachable', told: 'The request to 192.168.1.10:6443 failed: undefined.' },
  ])('$error.code $error.message: $told', ({ error, code, told }) => {
    const explained = explain(error);
    expect(explained).toMatchObject({ code, message: expect.stringContaining(told), cause: error });
    expect(explained.hint).toMatch(/^[A-Z].*\.$/);
  });

  test.each([
    {
      title: 'what caused it',
      error: new TypeError('fetch failed', { cause: errorOf('ENOTFOUND') }),
      told: 'cannot be found',
    },
    {
      title: 'each address that was tried',
      error: new AggregateError([errorOf('E_ODD'), errorOf('ECONNREFUSED')]),
      told: 'Nothing listens',
    },
  ])('are looked for in $title', ({ error, told }) => expect(explain(error).message).toContain(told));

  test('that cause each other do not hang it', () => {
    const error = new Error('round');
    error.cause = error;
    expect(explain(error).message).toContain('failed: round.');
  });

  test('that are explained already stay as they are', () => {
    const error = new AppError('plugin', 'No.', 'Yes.');
    expect(explain(error)).toBe(error);
  });

  test.each(['127.0.0.1', 'localhost', '0.0.0.0', '[::1]', '127.1.2.3'])('K3s wrote %s into the kubeconfig', host => {
    for (const code of ['ECONNREFUSED', 'ETIMEDOUT']) {
      expect(explain(errorOf(code), attempt(`https://${host}:6443`))).toMatchObject({
        code: 'unreachable',
        message: `The kubeconfig says that the cluster is this computer (${host}:6443), but nothing answers here.`,
        hint: "K3s writes that address: put the server's real one in its place in /home/me/.kube/config, for example https://192.168.1.10:6443.",
      });
    }
    const here = attempt(`https://${host}:6443`);
    expect(explain(errorOf('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), here).hint).toContain('K3s writes that address');
    expect(explain(errorOf('ECONNRESET'), here).hint).not.toContain('K3s writes');
    expect(explain(errorOf('ECONNREFUSED'), { ...here, proxyUrl: 'http://p' }).hint).not.toContain('K3s writes');
  });

  test('the names that a certificate is for are listed, cleaned', () => {
    const error = errorOf('ERR_TLS_CERT_ALTNAME_INVALID', '', {
      cert: { subjectaltname: 'DNS:node\n, IP Address:10.0.0.5' },
    });
    expect(explain(error, attempt('https://turing.local:6443'))).toMatchObject({
      message: 'The certificate of turing.local:6443 is for other names (node , 10.0.0.5).',
      hint: 'Use one of those in /home/me/.kube/config, or let the server add this one (K3s: --tls-san turing.local).',
    });
  });

  test('on macOS, no way there may be a permission that is missing', () => {
    const { server } = AWAY;
    expect(explain(errorOf('EHOSTUNREACH'), attempt(server.href, { platform: 'darwin' })).hint).toContain(
      'Local Network',
    );
    expect(explain(errorOf('EHOSTUNREACH')).hint).not.toContain('Local Network');
  });

  test('a proxy is named, its password is not', () => {
    const through = attempt('https://x:6443', { proxyUrl: 'http://me:secret@proxy:3128' });
    expect(explain(errorOf('ECONNREFUSED'), through).message).toBe(
      'Nothing listens at x:6443 (through the proxy proxy:3128).',
    );
  });
});

describe('statuses', () => {
  const explain = (status: number, message = '') => explainFailure({ kind: 'status', status, message }, AWAY, NOW);

  test.each([
    { status: 401, code: 'unauthorized', told: 'does not know the user of this kubeconfig (401).' },
    { status: 403, code: 'forbidden', told: 'This user may not do that (403): no.' },
    { status: 429, code: 'server', told: 'is not ready for requests (429): no.' },
    { status: 503, code: 'server', told: 'is not ready for requests (503): no.' },
    { status: 500, code: 'server', told: 'The server failed (500): no.' },
    { status: 302, code: 'server', told: 'does not behave like a Kubernetes API (302): no.' },
    { status: 404, code: 'server', told: 'does not behave like a Kubernetes API (404): no.' },
  ])('$status', ({ status, code, told }) => {
    expect(explain(status, '\u0007no\n')).toMatchObject({ code, message: expect.stringContaining(told) });
    expect(explain(status).message).toMatch(/\)\.$/);
  });

  test('a body that is not what was asked for', () => {
    const explained = explainFailure({ kind: 'malformed' }, AWAY, NOW);
    expect(explained).toMatchObject({
      code: 'server',
      message: expect.stringContaining('does not speak as a Kubernetes API'),
    });
  });
});
