import { createInterface } from 'node:readline';
import type { Bed } from '../bed.ts';
import type { Running } from '../rooms/place.ts';
import type { KubeObject } from './api.ts';

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
}

/** One event a line. */
const FLAGS = ['--watch', '--output-watch-events', '--output=json'];

/** What `kubectl get -w` has told so far of some kinds, as the objects that are there by its word. */
export class KubectlWatch {
  private readonly objects = new Map<string, KubeObject>();
  private readonly watches: readonly Running[];
  private count = 0;

  constructor(bed: Bed, kinds: readonly string[]) {
    this.watches = kinds.map(kind => bed.kubectlSpawn(['get', kind, '-A', ...FLAGS]));
    for (const { process } of this.watches) {
      if (process.stdout) createInterface(process.stdout).on('line', line => this.see(JSON.parse(line)));
    }
  }

  /** How many events it told. */
  get events(): number {
    return this.count;
  }

  view(): readonly KubeObject[] {
    return [...this.objects.values()];
  }

  async stop(): Promise<void> {
    await Promise.all(this.watches.map(watch => watch.kill()));
  }

  private see({ type, object }: WatchEvent): void {
    this.count++;
    const { namespace = '', name } = object.metadata;
    const key = `${object.kind} ${namespace}/${name}`;
    if (type === 'DELETED') this.objects.delete(key);
    else this.objects.set(key, object);
  }
}
