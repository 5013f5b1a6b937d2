import { isIPv4 } from 'node:net';

/** Hardware addresses by IPv4 address: `02:fc:00:00:00:05`, in lower case. */
export type Neighbours = ReadonlyMap<string, string>;

/*
 * The ARP tables of three systems. An entry without an answer, and those of multicast and broadcast, are none.
 */

/** Linux' /proc/net/arp; flag 2 (ATF_COM) says that somebody answered. */
export function neighboursInProcArp(table: string): Neighbours {
  const rows = table.split('\n').map(line => line.trim().split(/\s+/));
  return tableOf(
    rows.flatMap(([address, , flags = '', hardware]) =>
      (Number.parseInt(flags, 16) & 2) === 0 ? [] : [[address, hardware]],
    ),
  );
}

/** macOS' `arp -an`: `? (10.0.0.1) at 2:fc:0:0:0:5 on en0 ifscope [ethernet]`. */
export function neighboursInBsdArp(answer: string): Neighbours {
  const lines = answer.matchAll(/\(([0-9.]+)\) at ([0-9a-f:]+) on /gi);
  return tableOf([...lines].map(([, address, hardware]) => [address, hardware]));
}

/** Windows' `arp -a`, in any language: `  10.0.0.1    02-fc-00-00-00-05     dynamic`. */
export function neighboursInWindowsArp(answer: string): Neighbours {
  const lines = answer.matchAll(/^\s*([0-9.]+)\s+((?:[0-9a-f]{2}-){5}[0-9a-f]{2})\s/gim);
  return tableOf([...lines].map(([, address, hardware]) => [address, hardware?.replaceAll('-', ':')]));
}

function tableOf(entries: readonly (readonly (string | undefined)[])[]): Neighbours {
  const known = new Map<string, string>();
  for (const [address = '', hardware = ''] of entries) {
    const octets = hardware.split(':').map(octet => Number.parseInt(octet, 16));
    const isOne = octets.length === 6 && octets.every(octet => octet >= 0 && octet <= 255);
    const isGroup = ((octets[0] ?? 0) & 1) === 1 || octets.every(octet => octet === 0);
    if (isIPv4(address) && isOne && !isGroup) known.set(address, octets.map(hexadecimal).join(':'));
  }
  return known;
}

const hexadecimal = (octet: number): string => octet.toString(16).padStart(2, '0');
