/** An address of this computer with its network: `10.0.0.5/24` on `eth0`. */
export interface OwnAddress {
  readonly interface: string;
  readonly address: string;
  readonly family: 4 | 6;
  /** Bits of the network. */
  readonly prefix: number;
  /** By its name a tunnel (VPN, WireGuard, Tailscale), which carries no ARP. */
  readonly tunnel: boolean;
  /** By its name a wireless card. */
  readonly wireless: boolean;
}

/** What this computer knows of the network around it. */
export interface Surroundings {
  readonly own: readonly OwnAddress[];
  /** Default gateways. */
  readonly gateways: readonly string[];
}

/** What answers ARP (a hardware address is known) or TCP at addresses of the network; sends only to those asked for. */
export interface Network {
  surroundings(): Promise<Surroundings>;
  /**
   * Those of `addresses` that somebody has: it `answers` (if only by a refusal), or is `known` by its hardware address
   * alone, which the system remembers for a while after it was given up.
   */
  occupied(addresses: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, 'answers' | 'known'>>;
  /** The hardware address that this computer knows for an address; `''` where it knows none. */
  hardwareAddress(address: string): Promise<string>;
  /** The own address that the system would send from to an address, which tells a VPN; sends nothing. */
  wayTo(address: string): Promise<OwnAddress | undefined>;
}

/** Of addresses to be looked at for somebody, no more are tried at once. */
export const MOST_TRIED = 64;
