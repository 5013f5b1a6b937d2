import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { redact } from '../../main/redact.ts';

const PEM = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----';

test.each([
  ['Authorization: Bearer abc.def', 'Authorization: [redacted]'],
  ['{"authorization":"Basic dXNlcjpwYXNz","a":1}', '{"authorization": [redacted]'],
  ['sent Bearer abc.def to it', 'sent Bearer [redacted] to it'],
  ['token: abc, next', 'token: [redacted], next'],
  ['{"id-token":"a\\"b","x":1}', '{"id-token":[redacted],"x":1}'],
  ["password='two words' x", 'password=[redacted] x'],
  ['client-key-data: TUlJ', 'client-key-data: [redacted]'],
  ['certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJ', 'certificate-authority-data: [redacted]'],
  ['?access_token=abc&b=c', '?access_token=[redacted]&b=c'],
  ['--password=abc --b', '--password=[redacted] --b'],
  ['CLUSTER_API_KEY=abc', 'CLUSTER_API_KEY=[redacted]'],
  ['oidc-login --token abc --x', 'oidc-login --token [redacted] --x'],
  ["--client-secret 'two words' --b", '--client-secret [redacted] --b'],
  ['["--token","abc","--b"]', '["--token",[redacted],"--b"]'],
  ['AWS_SECRET_ACCESS_KEY=abc', 'AWS_SECRET_ACCESS_KEY=[redacted]'],
  ['{"SecretAccessKey":"abc","x":1}', '{"SecretAccessKey":[redacted],"x":1}'],
  ['{"clientKeyData":"abc"}', '{"clientKeyData":[redacted]}'],
  ['private_key=abc', 'private_key=[redacted]'],
  ['passphrase=abc', 'passphrase=[redacted]'],
  ['password: |\n  abc\n  def\nuser: ann', 'password: [redacted]\nuser: ann'],
  ['token: >-\n    abc\n', 'token: [redacted]\n'],
  ['  token:\n    abc\n  user: ann', '  token:\n    [redacted]\n  user: ann'],
  [`a ${PEM} b`, 'a [redacted PEM] b'],
  ['a -----BEGIN CERTIFICATE-----\nMIIB', 'a [redacted PEM]'],
  ['x LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0t y', 'x [redacted PEM] y'],
  ['got eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrIn0.c2ln.', 'got [redacted]'],
  [`K10${'a1'.repeat(32)}::server:secret.`, '[redacted]'],
  ['https://ann:pass@host:6443/api', 'https://[redacted]@host:6443/api'],
  ['http://ann:p@ss@proxy/', 'http://[redacted]@proxy/'],
])('%s', (text, redacted) => expect(redact(text)).toBe(redacted));

test.each([
  'turing-cluster.local was added: 10.0.0.70',
  'The token of the request is spent.',
  'private keys and passphrases',
  'Service default/token-web has 10.0.0.71',
  'GET https://10.0.0.10:6443/api/v1/services?watch=1: 410 Gone',
  'ann@example.org looked at /etc/hosts',
  '',
])('%j has nothing to hide', text => expect(redact(text)).toBe(text));

const letters = (min: number, max: number) => fc.stringMatching(new RegExp(`^[A-Za-z0-9]{${min},${max}}$`));
const secret = letters(12, 60).map(text => `Zq9${text}`);
const noise = fc.string({ unit: 'grapheme', maxLength: 30 }).map(text => text.replaceAll('Zq9', ''));

const forms: readonly ((secret: string) => string)[] = [
  s => `Authorization: Bearer ${s}`,
  s => `authorization=${s}`,
  s => `"token": "${s}"`,
  s => `  token: ${s}`,
  s => `refresh_token=${s}`,
  s => `"clientSecret":"${s}"`,
  s => `"SecretAccessKey":"${s}"`,
  s => `--client-secret ${s}`,
  s => `password: |\n  ${s}`,
  s => `client-key-data: ${s}`,
  s => `https://user:${s}@host/path`,
  s => `https://${s}@host/path`,
  s => `-----BEGIN PRIVATE KEY-----\n${s}\n-----END PRIVATE KEY-----`,
  s => `LS0tLS1CRUdJTi${s}`,
  s => `eyJ${s}.${s}.${s}`,
];

property.prop([secret, noise, noise, fc.constantFrom(...forms)])(
  'a secret is gone, whatever stands around it',
  (secret, before, after, form) => {
    expect(redact(`${before} ${form(secret)} ${after}`)).not.toContain(secret);
  },
);

property.prop([noise, noise, secret, fc.constantFrom(...forms)])(
  'twice is as good as once',
  (before, after, secret, form) => {
    const once = redact(`${before} ${form(secret)}\n${after}`);
    expect(redact(once)).toBe(once);
  },
);

property.prop([fc.stringMatching(/^[a-z ,.]{0,200}$/)])('plain words stay as they are', text => {
  expect(redact(text)).toBe(text);
});

test('a long text is done in no time', () => {
  for (const text of [
    'a-'.repeat(4_000),
    '-----BEGIN '.repeat(700),
    'eyJ'.repeat(2_700),
    'a://'.repeat(2_000),
    'token='.repeat(1_300),
    'token: |\n '.repeat(700),
    '--token '.repeat(1_000),
    'secret-access-'.repeat(600),
  ]) {
    const begin = performance.now();
    redact(text);
    expect(performance.now() - begin).toBeLessThan(500);
  }
});
