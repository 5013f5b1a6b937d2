import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { gatewaysInProcRoute, gatewaysInRouteGet, gatewaysInRoutePrint } from '../../../main/probe/gateways.ts';
import { neighboursInBsdArp, neighboursInProcArp, neighboursInWindowsArp } from '../../../main/probe/neighbours.ts';
import { ownAddresses } from '../../../main/probe/own-addresses.ts';
import { RUNS } from '../../arbitraries.ts';

/* What the systems' own tables look like. */

const PROC_ROUTE = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t0100000A\t0003\t0\t0\t100\t00000000\t0\t0\t0
wlan0\t00000000\t0100000A\t0003\t0\t0\t600\t00000000\t0\t0\t0
eth0\t0000000A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0
eth0\t0000A8C0\t0200000A\t0003\t0\t0\t100\t00FFFFFF\t0\t0\t0
`;

/** A tunnel takes all: a route without a gateway. */
const PROC_ROUTE_TUNNEL = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
wg0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0
`;

const ROUTE_GET = `   route to: default
destination: default
       mask: default
    gateway: 192.168.1.1
  interface: en0
      flags: <UP,GATEWAY,DONE,STATIC,PRCLONING,GLOBAL>
 recvpipe  sendpipe  ssthresh  rtt,msec    rttvar  hopcount      mtu     expire
       0         0         0         0         0         0      1500         0
`;

const ROUTE_GET_TUNNEL = `   route to: default
destination: default
       mask: default
  interface: utun4
      flags: <UP,DONE,CLONING,STATIC,GLOBAL>
`;

const ROUTE_PRINT = `===========================================================================
Schnittstellenliste
 11...00 15 5d 01 02 03 ......Intel(R) Ethernet Connection
  1...........................Software Loopback Interface 1
===========================================================================

IPv4-Routentabelle
===========================================================================
Aktive Routen:
     Netzwerkziel    Netzwerkmaske          Gateway    Schnittstelle Metrik
          0.0.0.0          0.0.0.0      192.168.1.1    192.168.1.100     25
          0.0.0.0          0.0.0.0   Auf Verbindung         10.8.0.2      5
        127.0.0.0        255.0.0.0   Auf Verbindung         127.0.0.1    331
      192.168.1.0    255.255.255.0   Auf Verbindung     192.168.1.100    281
  255.255.255.255  255.255.255.255   Auf Verbindung     192.168.1.100    281
===========================================================================
Ständige Routen:
  Netzwerkadresse          Netzmaske  Gatewayadresse  Metrik
          0.0.0.0          0.0.0.0      192.168.1.9  Standard
===========================================================================
`.replaceAll('\n', '\r\n');

describe('gateways', () => {
  test.each([
    ['Linux', gatewaysInProcRoute, PROC_ROUTE, ['10.0.0.1']],
    ['Linux behind a tunnel', gatewaysInProcRoute, PROC_ROUTE_TUNNEL, []],
    ['Linux without a table', gatewaysInProcRoute, '', []],
    ['macOS', gatewaysInRouteGet, ROUTE_GET, ['192.168.1.1']],
    ['macOS behind a tunnel', gatewaysInRouteGet, ROUTE_GET_TUNNEL, []],
    ['macOS without a network', gatewaysInRouteGet, 'route: writing to routing socket: not in table\n', []],
    ['Windows, in German', gatewaysInRoutePrint, ROUTE_PRINT, ['192.168.1.1']],
    ['Windows without a network', gatewaysInRoutePrint, '===\r\n', []],
  ])('%s', (_, read, table, wanted) => {
    expect(read(table)).toEqual(wanted);
  });
});

const PROC_ARP = `IP address       HW type     Flags       HW address            Mask     Device
10.0.0.1         0x1         0x2         02:FC:00:00:00:05     *        eth0
10.0.0.72        0x1         0x0         00:00:00:00:00:00     *        eth0
10.0.0.73        0x1         0x0         02:fc:00:00:00:73     *        eth0
10.0.0.9         0x1         0x6         dc:a6:32:00:00:09     *        eth0
`;

const BSD_ARP = `? (192.168.1.1) at 0:11:32:aa:bb:c on en0 ifscope [ethernet]
? (192.168.1.5) at (incomplete) on en0 ifscope [ethernet]
? (192.168.1.9) at b8:27:eb:f0:ae:8 on en0 permanent [ethernet]
? (192.168.1.255) at ff:ff:ff:ff:ff:ff on en0 ifscope [ethernet]
? (224.0.0.251) at 1:0:5e:0:0:fb on en0 ifscope permanent [ethernet]
`;

const WINDOWS_ARP = `
Schnittstelle: 192.168.1.100 --- 0xb
  Internetadresse       Physische Adresse     Typ
  192.168.1.1           00-11-22-33-44-55     dynamisch
  192.168.1.255         ff-ff-ff-ff-ff-ff     statisch
  224.0.0.22            01-00-5e-00-00-16     statisch
`.replaceAll('\n', '\r\n');

describe('neighbours', () => {
  test.each([
    ['Linux', neighboursInProcArp, PROC_ARP, { '10.0.0.1': '02:fc:00:00:00:05', '10.0.0.9': 'dc:a6:32:00:00:09' }],
    ['macOS', neighboursInBsdArp, BSD_ARP, { '192.168.1.1': '00:11:32:aa:bb:0c', '192.168.1.9': 'b8:27:eb:f0:ae:08' }],
    ['Windows, in German', neighboursInWindowsArp, WINDOWS_ARP, { '192.168.1.1': '00:11:22:33:44:55' }],
    ['nothing', neighboursInWindowsArp, 'No ARP Entries Found.\r\n', {}],
  ])('%s', (_, read, table, wanted) => {
    expect(Object.fromEntries(read(table))).toEqual(wanted);
  });

  const words = [
    '10.0.0.1',
    '300.0.0.1',
    '0x2',
    '02:fc:00:00:00:05',
    '02-fc-00-00-00-05',
    '(10.0.0.1)',
    'at',
    'on',
    '\n',
  ];
  const table = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 4 })), { maxLength: 30 });

  test.prop([table], { numRuns: RUNS })('whatever a table says, only addresses come out', pieces => {
    for (const read of [neighboursInProcArp, neighboursInBsdArp, neighboursInWindowsArp]) {
      for (const [address, hardware] of read(pieces.join(' '))) {
        expect(address).toMatch(/^[0-9.]{7,15}$/);
        expect(hardware).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
      }
    }
    for (const read of [gatewaysInProcRoute, gatewaysInRouteGet, gatewaysInRoutePrint]) {
      for (const address of read(pieces.join(' '))) expect(address).toMatch(/^[0-9.]{7,15}$/);
    }
  });
});

describe('own addresses', () => {
  const v4 = (address: string, prefix: number, internal = false) => ({
    ...{ address, family: 'IPv4' as const, cidr: `${address}/${prefix}`, internal, netmask: '', mac: '' },
  });
  const v6 = (address: string, prefix: number) => ({
    ...{ address, family: 'IPv6' as const, cidr: `${address}/${prefix}`, internal: false },
    ...{ netmask: '', mac: '', scopeid: 0 },
  });

  test('loopback and link-local are of no network', () => {
    const interfaces = {
      lo: [v4('127.0.0.1', 8, true)],
      eth0: [v4('10.0.0.5', 24), v6('fd00::5', 64), v6('fe80::1', 64), v4('169.254.7.7', 16)],
      gone: undefined,
    };
    expect(ownAddresses(interfaces)).toEqual([
      { interface: 'eth0', address: '10.0.0.5', family: 4, prefix: 24, tunnel: false, wireless: false },
      { interface: 'eth0', address: 'fd00::5', family: 6, prefix: 64, tunnel: false, wireless: false },
    ]);
  });

  test.each([
    ['eth0', false, false],
    ['enp3s0', false, false],
    ['en0', false, false],
    ['Ethernet 2', false, false],
    ['docker0', false, false],
    ['wlp2s0', false, true],
    ['wlan0', false, true],
    ['Wi-Fi', false, true],
    ['WLAN', false, true],
    ['wg0', true, false],
    ['tun0', true, false],
    ['utun4', true, false],
    ['ppp0', true, false],
    ['tailscale0', true, false],
    ['Tailscale', true, false],
    ['OpenVPN Wintun', true, false],
  ])('%s: a tunnel %s, wireless %s', (name, tunnel, wireless) => {
    expect(ownAddresses({ [name]: [v4('10.0.0.5', 24)] })).toMatchObject([{ tunnel, wireless }]);
  });
});
