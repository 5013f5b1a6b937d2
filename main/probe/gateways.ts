import { isIPv4 } from 'node:net';

/*
 * Default gateways (IPv4), out of what each system tells.
 */

/** Of Linux' /proc/net/route: addresses in hexadecimal, the last octet first; flag 2 is RTF_GATEWAY. */
export function gatewaysInProcRoute(table: string): readonly string[] {
  const rows = table.split('\n').map(line => line.trim().split(/\s+/));
  return unique(
    rows.flatMap(([, destination, gateway = '', flags = '', , , , mask]) => {
      const isDefault = destination === '00000000' && mask === '00000000';
      const leads = (Number.parseInt(flags, 16) & 2) !== 0 && /^[0-9A-F]{8}$/i.test(gateway);
      return isDefault && leads ? [octets(gateway)] : [];
    }),
  );
}

/** Of macOS' `route -n get default`; a VPN’s default route has an interface and no gateway. */
export function gatewaysInRouteGet(answer: string): readonly string[] {
  const [, gateway = ''] = /^\s*gateway:\s*(\S+)\s*$/m.exec(answer) ?? [];
  return isIPv4(gateway) ? [gateway] : [];
}

/** Of Windows' `route print -4`, in any language; persistent routes, in four columns, may not be in force. */
export function gatewaysInRoutePrint(answer: string): readonly string[] {
  const rows = answer.split(/\r?\n/).map(line => line.trim().split(/\s+/));
  return unique(
    rows
      .filter(row => row.length === 5 && row[0] === '0.0.0.0' && row[1] === '0.0.0.0')
      .flatMap(([, , gateway = '']) => (isIPv4(gateway) ? [gateway] : [])),
  );
}

function octets(hex: string): string {
  return (hex.match(/../g) ?? [])
    .map(octet => Number.parseInt(octet, 16))
    .reverse()
    .join('.');
}

const unique = (addresses: readonly string[]): readonly string[] => [...new Set(addresses)];
