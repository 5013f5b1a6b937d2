import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { readPasted } from '../../../main/connect/paste.ts';
import { AppError } from '../../../main/errors.ts';
import { RUNS } from '../../arbitraries.ts';
import { kubeconfigText } from './kubeconfigs.ts';

const PATH = '/home/me/.kube/home.yaml';

const K3S = `
apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: Q0E=
    server: https://127.0.0.1:6443
  name: default
contexts:
- context:
    cluster: default
    user: default
  name: default
current-context: default
kind: Config
users:
- name: default
  user:
    client-certificate-data: Q0VSVA==
    client-key-data: S0VZ
`;

test.each([K3S, K3S.replaceAll('\n', '\r\n'), `\n\n${K3S}\n...\n`, `\uFEFF${K3S}`])('what K3s writes', text => {
  expect(readPasted(text, PATH)).toMatchObject({
    context: { name: 'default', file: { path: PATH, mode: 0o600 } },
    cluster: { server: 'https://127.0.0.1:6443' },
    user: { login: { kind: 'static', certificate: { kind: 'inline' } } },
  });
});

test('a program to log in is found, not run', () => {
  const exec = { command: '/bin/false', apiVersion: 'client.authentication.k8s.io/v1' };
  expect(readPasted(kubeconfigText({ user: { exec } }), PATH).user.login).toMatchObject({
    kind: 'exec',
    plugin: { command: '/bin/false' },
  });
});

test('without a current context it is the first that can be used', () => {
  const two = JSON.stringify({
    contexts: [
      { name: 'broken', context: { cluster: 'none', user: 'u' } },
      { name: 'whole', context: { cluster: 'c', user: 'u' } },
    ],
    clusters: [{ name: 'c', cluster: { server: 'https://x' } }],
    users: [{ name: 'u' }],
  });
  expect(readPasted(two, PATH).context.name).toBe('whole');
  expect(readPasted(JSON.stringify({ ...JSON.parse(two), 'current-context': 'gone' }), PATH).context.name).toBe(
    'whole',
  );
  const current = JSON.stringify({ ...JSON.parse(two), 'current-context': 'broken' });
  expect(() => readPasted(current, PATH)).toThrow('its context "broken"');
});

describe('what cannot be used', () => {
  test.each([
    { text: '', told: 'it has no context' },
    { text: 'hello', told: 'it must be a mapping' },
    { text: '[]', told: 'it must be a mapping' },
    { text: 'a: [', told: 'it is not valid YAML in line 1' },
    { text: 'kind: Secret', told: 'it is not a kubeconfig' },
    { text: 'clusters: []', told: 'it has no context' },
    {
      text: 'contexts: [{name: x, context: {cluster: c}}]',
      told: 'the cluster or user that its context "x" names is not in it',
    },
    {
      text: kubeconfigText({ cluster: { server: '' } }),
      told: 'the cluster or user that its context "default" names is not in it',
    },
    { text: `a: ${'x'.repeat(1024 * 1024)}`, told: 'it is larger than 1 MiB' },
  ])('$told', ({ text, told }) => {
    const message = expect.stringContaining(`What was pasted cannot be used: ${told}`);
    const refusal = { code: 'kubeconfig', message, hint: expect.stringContaining('/etc/rancher/k3s/k3s.yaml') };
    expect(() => readPasted(text, PATH)).toThrow(expect.objectContaining(refusal));
  });

  test.each([
    ['a tag', 'client-key-data: !S0VZ'],
    ['a tag with a handle', 'client-key-data: !S0VZ!x y'],
    ['an odd tag', 'client-key-data: !S0VZ\u0007 y'],
    ['an alias', 'client-key-data: *S0VZ'],
    ['a directive', '%S0VZ S0VZ'],
  ])('a secret that looks like %s is not in what is told', (_, line) => {
    const text = K3S.replace('client-key-data: S0VZ', line);
    expect(text).not.toBe(K3S);
    expect(() => readPasted(text, PATH)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('S0VZ') }),
    );
  });

  property.prop([fc.oneof(fc.string(), fc.json(), cutAnywhere())], { numRuns: RUNS })(
    'is told, whatever it is, without what is secret in it',
    text => {
      try {
        expect(readPasted(text, PATH).cluster.server).not.toBe('');
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect(String(error)).not.toMatch(/Q0VSVA|S0VZ/);
      }
    },
  );

  function cutAnywhere() {
    return fc.tuple(fc.nat(K3S.length), fc.nat(30), fc.string({ maxLength: 3 })).map(([at, length, put]) => {
      return K3S.slice(0, at) + put + K3S.slice(at + length);
    });
  }
});
