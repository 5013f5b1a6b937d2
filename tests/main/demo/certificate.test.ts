import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { selfSignedCertificate } from '../../../main/demo/certificate.ts';

const DAY = 24 * 60 * 60 * 1000;

test('a certificate is what it was asked to be, as OpenSSL reads it', () => {
  const { key, cert } = selfSignedCertificate('TRAEFIK DEFAULT CERT', ['localhost', '127.0.0.1', 'a.b.example']);
  const certificate = new X509Certificate(cert);
  expect(certificate.subject).toBe('CN=TRAEFIK DEFAULT CERT');
  expect(certificate.issuer).toBe(certificate.subject);
  expect(certificate.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, DNS:a.b.example');
  expect(certificate.ca).toBe(true);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
});

test('a certificate is valid from yesterday for years', () => {
  const certificate = new X509Certificate(selfSignedCertificate('demo', ['localhost']).cert);
  expect(Math.abs(certificate.validFromDate.getTime() - (Date.now() - DAY))).toBeLessThan(60_000);
  expect(certificate.validToDate.getTime()).toBeGreaterThan(Date.now() + 5 * 365 * DAY);
});

test('serial numbers are positive, as wide as they look, and never the same', () => {
  const serials = Array.from(
    { length: 50 },
    () => new X509Certificate(selfSignedCertificate('demo', []).cert).serialNumber,
  );
  for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{31}$/);
  expect(new Set(serials).size).toBe(50);
});

test('long names need long lengths in DER', () => {
  const altNames = Array.from({ length: 60 }, (_, index) => `host-${index}.example`);
  const certificate = new X509Certificate(selfSignedCertificate('x'.repeat(200), altNames).cert);
  expect(certificate.subject).toBe(`CN=${'x'.repeat(200)}`);
  expect(certificate.subjectAltName?.split(', ')).toHaveLength(60);
});
