import { fc } from '@fast-check/vitest';
import { type HostEntry, MANUAL, type Origin, parseHostEntry } from '../main/desired/host-entry.ts';

/** Set for the long form of the tests (`npm run test:full`). */
export const FULL = process.env.FULL !== undefined;

/** Runs of a property: enough to find most faults in seconds; many more in the long form. */
export const RUNS = FULL ? 20_000 : 500;

/** An entry that the test's author knows to be valid. */
export function entry(hostname: string, address: string, origin: Origin = MANUAL): HostEntry {
  const made = parseHostEntry(hostname, address, origin);
  if (made === undefined) throw new Error(`not an entry: ${hostname} ${address}`);
  return made;
}

/** Bits that hosts files in the wild are made of, and bits that look like our markers. */
const PIECES = [
  '127.0.0.1\tlocalhost',
  '::1     ip6-localhost ip6-loopback',
  '10.0.0.1 router.home.lan # my router',
  '# comment',
  '   ',
  '',
  '\t',
  '\r',
  '\n',
  '\r\n',
  '\n\n',
  'caf\xe9',
  '\xef\xbb\xbf',
  '\xff\xfe\x80',
  '# Added by Docker Desktop\n10.0.0.9 host.docker.internal\n# End of section\n',
  '# --- SWITCHHOSTS_CONTENT_START ---\n1.2.3.4 a.example\n',
  '# BEGIN cluster-hosts',
  '# BEGIN cluster-hosts v1 pad=1 eol=lf sha=0123456789abcdeg\n',
  ' # END cluster-hosts',
  '# END cluster-hosts ',
  'x# END cluster-hosts\n',
];

/** Hosts files as ugly as they come, without a whole marker line of ours. */
export const uglyFile = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary-ascii', maxLength: 12 })), { maxLength: 12 })
  .map(pieces => pieces.join('').replaceAll('\0', ''))
  .filter(text => !/(?<![^\n])# END cluster-hosts(\r?\n|$)/.test(text));

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,6}[a-z0-9])?$/);

export const hostname = fc.array(label, { minLength: 1, maxLength: 3 }).map(labels => labels.join('.'));

export const address = fc.oneof(
  fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map(([a, b, c]) => `10.${a}.${b}.${c}`),
  fc
    .tuple(fc.nat(0xffff), fc.integer({ min: 1, max: 0xffff }))
    .map(([a, b]) => `fd00:1::${a ? `${a.toString(16)}:` : ''}${b.toString(16)}`),
);

export const origin: fc.Arbitrary<Origin> = fc.oneof(
  fc.constant(MANUAL),
  fc.record({
    kind: fc.constantFrom('Service', 'Ingress', 'IngressRoute', 'IngressRouteTCP.traefik.containo.us', 'HTTPRoute'),
    namespace: label,
    name: label,
  }),
);

/** Lists of valid entries, each name and family at most once. */
export const entries = fc
  .array(fc.tuple(hostname, address, origin), { maxLength: 8 })
  .map(rows => rows.flatMap(([name, ip, from]) => parseHostEntry(name, ip, from) ?? []))
  .map(list => [...new Map(list.map(e => [`${e.hostname} ${e.address.includes(':')}`, e])).values()]);

export const clusterName = fc.constantFrom('turing-cluster', 'homelab', 'office');

/** Any code point, half of them ASCII, and halves of pairs too; fast-check's unit `binary` takes a second to set up. */
export const codePoint = fc.oneof(fc.nat(0x7f), fc.nat(0x10ffff)).map(code => String.fromCodePoint(code));
