import type { NetworkInterfaceInfo } from 'node:os';
import type { OwnAddress } from './network.ts';

/** WireGuard, OpenVPN, IPsec, PPP and Tailscale as Linux and macOS name them; on Windows the program chooses. */
const TUNNEL = /^(tun|wg|utun|ppp|ipsec|tailscale|nordlynx|proton|mullvad)|vpn|wireguard|tailscale/i;
/** `wlp2s0`, `wlan0`, Windows’ `Wi-Fi` and `WLAN`; macOS does not tell. */
const WIRELESS = /^wl|wlan|wi-?fi|wireless/i;
const LINK_LOCAL = /^(169\.254\.|fe[89ab])/i;

/** From `os.networkInterfaces()`: without loopback, and without link-local addresses, which are of no network. */
export function ownAddresses(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): readonly OwnAddress[] {
  return Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ internal, address, cidr }) => !internal && cidr !== null && !LINK_LOCAL.test(address))
      .map(({ address, family, cidr }) => ({
        interface: name,
        address,
        family: family === 'IPv4' ? 4 : 6,
        prefix: Number(cidr?.split('/')[1]),
        tunnel: TUNNEL.test(name),
        wireless: WIRELESS.test(name),
      })),
  );
}
