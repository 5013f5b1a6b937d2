import { connect } from 'node:net';
import { familyOf } from '../desired/address-policy.ts';
import type { Desired } from '../desired/desired.ts';

/** Where a cluster's address and port are to be reached; the demo's are all on loopback. */
export type Dial = (address: string, port: number) => { readonly host: string; readonly port: number };

/** On the network as it is. */
export const dialDirectly: Dial = (host, port) => ({ host, port });

const PORTS = [443, 80];
const PATIENCE_MS = 1_000;
const BELIEVED_MS = 60_000;

/** A Service of more addresses than this is not a home cluster's; the rest is not tried. */
const MOST = 16;

/**
 * Finds out which of several addresses answer (ServiceLB lists all nodes, dead ones too), and remembers it for a
 * minute. Only addresses that may be written are tried.
 */
export class Answers {
  readonly #dial: Dial;
  readonly #known = new Map<string, { readonly answers: boolean; readonly at: number }>();

  constructor(dial: Dial) {
    this.#dial = dial;
  }

  get answering(): ReadonlySet<string> {
    return new Set([...this.#known].filter(([, { answers }]) => answers).map(([address]) => address));
  }

  /** Tries what has not been tried of late; true if something was learnt. */
  async ask(addresses: readonly string[]): Promise<boolean> {
    const now = performance.now();
    const unknown = addresses.filter(address => now - (this.#known.get(address)?.at ?? -BELIEVED_MS) >= BELIEVED_MS);
    const results = await Promise.all(
      unknown.slice(0, MOST).map(async address => [address, await this.#answers(address)] as const),
    );
    for (const [address, answers] of results) this.#known.set(address, { answers, at: now });
    return results.length > 0;
  }

  async #answers(address: string): Promise<boolean> {
    const tries = PORTS.map(port => tryConnect(this.#dial(address, port)));
    return await Promise.any(tries).then(
      () => true,
      () => false,
    );
  }
}

/** The addresses among which a choice has to be made: of names that have several of one family. */
export function choicesIn({ claims }: Desired): readonly string[] {
  const choices = new Set<string>();
  for (const list of new Set(claims.map(({ addresses }) => addresses))) {
    for (const family of [4, 6]) {
      const same = list.filter(address => familyOf(address) === family);
      if (same.length > 1) for (const address of same) choices.add(address);
    }
  }
  return [...choices];
}

function tryConnect(endpoint: { readonly host: string; readonly port: number }): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({ ...endpoint, timeout: PATIENCE_MS });
  socket.once('connect', resolve).once('error', reject).once('timeout', reject);
  return promise.finally(() => socket.destroy());
}
