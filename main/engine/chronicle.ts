import { plainText } from '../cluster/plain-text.ts';
import type { WriteOutcome } from '../hosts/write.ts';
import type { History } from '../state/history.ts';
import type { Pass } from '../sync/reconcile.ts';
import type { ClusterWatch } from './cluster-watch.ts';

/** So many names of one write are told one by one. */
const SHOWN = 5;

/** Tells the history what happens to one cluster and its names, each thing once. */
export class Chronicle {
  readonly #history: History;
  #reached: boolean | undefined;
  #address = '';

  constructor(history: History) {
    this.#history = history;
  }

  /** Something of the cluster is another. */
  heard({ session, pass }: ClusterWatch): void {
    const { source, target } = session;
    const name = plainText(target.context.name);
    const reached = source.failure !== undefined ? false : source.ready ? true : this.#reached;
    if (reached === false && this.#reached !== false)
      this.#history.add('warn', `${name} cannot be reached. The hosts file stays as it is.`);
    if (reached === true && this.#reached !== true)
      this.#history.add('ok', this.#reached === false ? `${name} answers again.` : `Connected to ${name}.`);
    this.#reached = reached;
    if (pass?.state === 'ready') this.#heardAddress(pass);
  }

  /** A write was tried. */
  wrote(outcome: WriteOutcome, { plan: { rows } }: Pass): void {
    if ('message' in outcome) {
      this.#history.add(outcome.outcome === 'declined' ? 'info' : 'error', plainText(outcome.message));
      return;
    }
    for (const [state, word] of [
      ['add', 'Added'],
      ['update', 'Changed'],
      ['remove', 'Removed'],
    ] as const) {
      const names = rows.filter(row => row.state === state).map(({ hostname }) => hostname);
      const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
      if (names.length > 0) this.#history.add('ok', `${word} ${names.slice(0, SHOWN).join(', ')}${more}.`);
    }
  }

  #heardAddress({ desired: { traefik } }: Pass): void {
    const address = plainText(traefik?.status.map(({ ip, hostname }) => ip || hostname)[0] ?? '');
    if (address === this.#address) return;
    if (this.#address !== '' && address === '') this.#history.add('warn', 'Traefik has lost its address.');
    else if (this.#address !== '') this.#history.add('info', `Traefik’s address is now ${address}.`);
    this.#address = address;
  }
}
