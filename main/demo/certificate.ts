import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A private key and its certificate, both PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const COMMON_NAME = oid('2.5.4.3');
const SUBJECT_ALT_NAME = oid('2.5.29.17');
const BASIC_CONSTRAINTS = oid('2.5.29.19');

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Makes a self-signed X.509 certificate (RFC 5280) with a new P-256 key: valid from yesterday, for a clock that is
 * behind, and for ten years. It is its own CA. `altNames` are DNS names and IPv4 addresses.
 */
export function selfSignedCertificate(commonName: string, altNames: readonly string[]): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(COMMON_NAME, tagged(0x0c, Buffer.from(commonName)))));
  const validity = sequence(time(Date.now() - DAY_MS), time(Date.now() + 3650 * DAY_MS));
  const extensions = sequence(
    sequence(SUBJECT_ALT_NAME, octets(sequence(...altNames.map(generalName)))),
    sequence(BASIC_CONSTRAINTS, octets(sequence(tagged(0x01, Buffer.of(0xff))))),
  );
  const tbsCertificate = sequence(
    explicit(0, integer(Buffer.of(2))),
    integer(randomBytes(16)),
    ECDSA_WITH_SHA256,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, extensions),
  );
  const signature = sign('sha256', tbsCertificate, privateKey);
  const certificate = sequence(
    tbsCertificate,
    ECDSA_WITH_SHA256,
    tagged(0x03, Buffer.concat([Buffer.of(0), signature])),
  );
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(certificate) };
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function generalName(name: string): Buffer {
  return isIPv4(name) ? tagged(0x87, Buffer.from(name.split('.').map(Number))) : tagged(0x82, Buffer.from(name));
}

/** DER: a tag, a length of one to three bytes, the content. */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const header = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...header), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function set(...parts: Buffer[]): Buffer {
  return tagged(0x31, Buffer.concat(parts));
}

function octets(content: Buffer): Buffer {
  return tagged(0x04, content);
}

function explicit(number: number, content: Buffer): Buffer {
  return tagged(0xa0 + number, content);
}

/** A positive integer in as few bytes as DER allows: the first byte is 1 to 127. */
function integer(bytes: Buffer): Buffer {
  return tagged(
    0x02,
    Buffer.concat([Buffer.of(((bytes[0] ?? 0) & 0x7f) | (bytes.length > 1 ? 0x40 : 0)), bytes.subarray(1)]),
  );
}

/** UTCTime, which reaches to 2049. */
function time(ms: number): Buffer {
  return tagged(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14)}Z`));
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(number: number): number[] {
  const septets = [number & 0x7f];
  for (let rest = number >> 7; rest > 0; rest >>= 7) septets.unshift((rest & 0x7f) | 0x80);
  return septets;
}
