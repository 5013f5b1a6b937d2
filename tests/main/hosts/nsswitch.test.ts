import { describe, expect, test } from 'vitest';
import { asksResolved, rivalOf } from '../../../main/hosts/nsswitch.ts';

const DEEP = 'web.turing-cluster.local';
const TWO = 'turing-cluster.local';
const LAN = 'web.home.lan';

type Said = Parameters<typeof rivalOf>[2];

/** What `hosts:` is set to, the name, what was said → who stands in the way, and how. */
const CASES: readonly [order: string, hostname: string, said: Said, rival: string][] = [
  ['files dns', DEEP, 'not-found', ''],
  ['files dns', DEEP, 'found', ''],
  ['files mdns4_minimal [NOTFOUND=return] dns', TWO, 'not-found', ''],
  ['dns', DEEP, 'not-found', 'dns instead'],
  ['mymachines dns', DEEP, 'found', 'dns instead'],
  ['', DEEP, 'not-found', ' instead'],
  ['dns files', DEEP, 'found', 'dns before'],
  ['dns files', DEEP, 'nothing', 'dns before'],
  ['dns files', DEEP, 'not-found', ''],
  ['dns [NOTFOUND=return] files', DEEP, 'not-found', 'dns final'],
  ['dns[notfound = RETURN]files', DEEP, 'not-found', 'dns final'],
  ['dns [!UNAVAIL=return] files', DEEP, 'not-found', 'dns final'],
  ['dns [!NOTFOUND=return] files', DEEP, 'not-found', ''],
  ['dns [UNAVAIL=return] files', DEEP, 'not-found', ''],
  ['dns [!UNAVAIL=return NOTFOUND=continue] files', DEEP, 'not-found', ''],
  ['dns [SUCCESS=return] [NOTFOUND=return] files', DEEP, 'not-found', 'dns final'],
  ['dns [NOTFOUND=return] [SUCCESS=return] files', DEEP, 'not-found', 'dns final'],
  ['wins dns [NOTFOUND=return] files', DEEP, 'not-found', 'dns final'],
  ['mdns4_minimal [NOTFOUND=return] files dns', TWO, 'not-found', 'mdns4_minimal final'],
  ['mdns4_minimal [NOTFOUND=return] files dns', DEEP, 'not-found', ''],
  ['mdns4_minimal [NOTFOUND=return] files dns', LAN, 'not-found', ''],
  ['mdns [NOTFOUND=return] files dns', DEEP, 'not-found', 'mdns final'],
  ['mdns6 files', LAN, 'found', ''],
  ['mymachines myhostname libvirt libvirt_guest files', DEEP, 'found', ''],
  ['mymachines resolve [!UNAVAIL=return] files myhostname dns', DEEP, 'not-found', 'resolve final'],
];

describe('who stands in the way', () => {
  test.each(CASES)('hosts: %s, %s, %s', (order, hostname, said, expected) => {
    const rival = rivalOf(`passwd: files\nhosts: ${order}  # mine\n`, hostname, said);
    expect(rival === undefined ? '' : `${rival.service} ${rival.way}`).toBe(expected);
    if (rival !== undefined) expect(rival.order).toBe(order);
  });

  test.each(['', 'passwd: dns\n', '# hosts: dns\n', 'hosts files\n'])('nobody without a hosts line: %j', text => {
    expect(rivalOf(text, DEEP, 'not-found')).toBeUndefined();
  });

  test('of several lines the last counts, also with blanks around the name', () => {
    expect(rivalOf('hosts: files\n\thosts :dns\n', DEEP, 'not-found')).toMatchObject({ service: 'dns' });
    expect(rivalOf('hosts: dns\nhosts: files\n', DEEP, 'not-found')).toBeUndefined();
  });
});

test.each([
  ['hosts: mymachines resolve [!UNAVAIL=return] files myhostname dns', true],
  ['hosts: resolve dns', true],
  ['hosts: files resolve', false],
  ['hosts: dns', false],
  ['hosts: dns # resolve', false],
  ['', false],
])('%j has systemd-resolved read the file: %j', (text, expected) => {
  expect(asksResolved(text)).toBe(expected);
});
