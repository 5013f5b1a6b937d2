import { describe, expect, test } from 'vitest';
import { explainFailure } from '../../../main/cluster/failure.ts';
import { needsAddress, serverAt } from '../../../main/connect/local-address.ts';
import { AppError } from '../../../main/errors.ts';
import { targetOf } from './kubeconfigs.ts';

/** A failure as requests end in one. */
function failureOf(code: string): AppError {
  const attempt = { server: new URL('https://127.0.0.1:6443'), proxyUrl: '', certificate: '', file: '/config' };
  const error = Object.assign(new Error(code), { code });
  return explainFailure({ kind: 'error', error }, { ...attempt, platform: 'linux' }, new Date());
}

describe('whether the user is asked where the cluster is', () => {
  const K3S = 'https://127.0.0.1:6443';

  test.each([
    { server: K3S, code: 'ECONNREFUSED', name: 'default', asked: true },
    { server: 'https://localhost:6443', code: 'ETIMEDOUT', name: 'my-cluster', asked: true },
    { server: 'https://[::1]:6443', code: 'ECONNREFUSED', name: 'default', asked: true },
    { server: 'https://0.0.0.0:7443', code: 'ECONNREFUSED', name: 'default', asked: true },
    // Another cluster is there: Docker Desktop's, say.
    { server: K3S, code: 'DEPTH_ZERO_SELF_SIGNED_CERT', name: 'default', asked: true },
    { server: K3S, code: 'ERR_SSL_WRONG_VERSION_NUMBER', name: 'default', asked: true },
    // It is the right one, and something else is wrong with it.
    { server: K3S, code: 'CERT_HAS_EXPIRED', name: 'default', asked: false },
    { server: K3S, code: 'ERR_TLS_CERT_ALTNAME_INVALID', name: 'default', asked: false },
    { server: 'https://10.0.0.5:6443', code: 'ECONNREFUSED', name: 'default', asked: false },
    { server: 'https://127.0.0.1.example.com', code: 'ECONNREFUSED', name: 'default', asked: false },
    { server: 'not a url', code: 'ECONNREFUSED', name: 'default', asked: false },
    { server: 'https://127.0.0.1:34567', code: 'ECONNREFUSED', name: 'kind-dev', asked: false },
    { server: 'https://0.0.0.0:34567', code: 'ECONNREFUSED', name: 'k3d-dev', asked: false },
    { server: K3S, code: 'ECONNREFUSED', name: 'rancher-desktop', asked: false },
    { server: K3S, code: 'ECONNREFUSED', name: 'colima-work', asked: false },
  ])('$name at $server, $code: $asked', async ({ server, code, name, asked }) => {
    const target = await targetOf({ name, cluster: { server } });
    expect(needsAddress(target, failureOf(code))).toBe(asked);
  });

  test('never when it answers, or when what failed is the login', async () => {
    const target = await targetOf({});
    expect(needsAddress(target, undefined)).toBe(false);
    for (const code of ['unauthorized', 'plugin', 'kubeconfig', 'forbidden', 'server'] as const) {
      expect(needsAddress(target, new AppError(code, 'No.', 'Yes.'))).toBe(false);
    }
    expect(needsAddress(target, new AppError('unreachable', 'No.', 'Yes.'))).toBe(true);
  });

  test('never where a proxy is between: it is the proxy that 127.0.0.1 means', async () => {
    const target = await targetOf({ cluster: { 'proxy-url': 'http://proxy:3128' } });
    expect(needsAddress(target, failureOf('ECONNREFUSED'))).toBe(false);
  });
});

describe('the server at an address', () => {
  const SERVER = new URL('https://127.0.0.1:6443/k8s/clusters/c-1');

  test.each([
    { typed: '192.168.1.10', server: 'https://192.168.1.10:6443/k8s/clusters/c-1' },
    { typed: ' 192.168.1.10\n', server: 'https://192.168.1.10:6443/k8s/clusters/c-1' },
    { typed: 'Turing.local', server: 'https://turing.local:6443/k8s/clusters/c-1' },
    { typed: 'fd00::5', server: 'https://[fd00::5]:6443/k8s/clusters/c-1' },
    { typed: '[FD00::5]:7443', server: 'https://[fd00::5]:7443/k8s/clusters/c-1' },
    { typed: '10.0.0.5:7443', server: 'https://10.0.0.5:7443/k8s/clusters/c-1' },
    { typed: '10.0.0.5:443', server: 'https://10.0.0.5/k8s/clusters/c-1' },
    { typed: 'https://10.0.0.5', server: 'https://10.0.0.5:6443/k8s/clusters/c-1' },
    { typed: 'https://10.0.0.5:443/', server: 'https://10.0.0.5/k8s/clusters/c-1' },
    { typed: 'https://10.0.0.5/other', server: 'https://10.0.0.5:6443/other' },
  ])('$typed: $server', ({ typed, server }) => {
    expect(serverAt(typed, SERVER).href).toBe(server);
    expect(SERVER.hostname).toBe('127.0.0.1');
  });

  test.each([
    '',
    ' ',
    'http://10.0.0.5',
    'ssh://10.0.0.5',
    'two words',
    '10.1',
    '010.0.0.1',
    '0x0a.0.0.1',
    '10.0.0.5:70000',
    '10.0.0.5:',
    'pi@10.0.0.5',
    'https://u:p@10.0.0.5',
    '10.0.0.5?x',
    '10.0.0.5#x',
    'fe80::1%eth0',
    '[::1',
    '/etc/hosts',
    'bücher.example',
  ])('"%s" is none', typed => {
    const refusal = expect.objectContaining({ code: 'kubeconfig', message: `"${typed.trim()}" is not an address.` });
    expect(() => serverAt(typed, SERVER)).toThrow(refusal);
  });

  test.each(['127.0.0.1', '127.1.2.3:6443', 'localhost', 'LOCALHOST', '::1', '0.0.0.0', 'https://[::1]'])(
    '%s is where nobody answered',
    typed => expect(() => serverAt(typed, SERVER)).toThrow('is this computer itself.'),
  );
});
