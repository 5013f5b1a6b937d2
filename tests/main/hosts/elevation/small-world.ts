import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHosts, withSection } from '../../../../main/hosts/block.ts';
import { carryOut, type Result, type World } from '../../../../main/hosts/elevated/carry-out.ts';
import type { ApplyOrder } from '../../../../main/hosts/elevated/order.ts';
import type { Change } from '../../../../main/hosts/elevation/elevated-writer.ts';
import { nodeFileSystem } from '../../../../main/hosts/file-system.ts';
import { digestOf } from '../../../../main/hosts/text.ts';
import { entry } from '../../../arbitraries.ts';

/** A computer in a folder, whose helper runs in this process. */
export class SmallWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'small-world-'));
  readonly path = join(this.folder, 'etc', 'hosts');
  readonly plans = join(this.folder, 'home', 'state', 'plans');
  readonly #world: World;

  constructor(text: string) {
    mkdirSync(join(this.folder, 'etc'));
    this.text = text;
    const root = join(this.folder, 'root');
    this.#world = {
      hosts: this.path,
      places: { backups: join(root, 'backups'), journal: join(root, 'journal'), lock: join(root, 'lock') },
      spent: join(root, 'spent'),
      computer: 'desk',
      asker: process.getuid?.(),
      fs: nodeFileSystem,
      now: Date.now,
    };
  }

  get text(): string {
    return readFileSync(this.path, 'latin1');
  }

  set text(text: string) {
    writeFileSync(this.path, text, 'latin1');
  }

  /** What the helper does for a token. */
  carryOut(token: string): Promise<Result> {
    return carryOut(token, this.#world);
  }

  /** A change of the file as it is: one name of the cluster gets an address. */
  change(address = '10.0.0.70'): Change {
    const entries = [entry('a.turing-cluster.local', address)];
    const parsed = parseHosts(this.text);
    if (parsed.state !== 'ok') throw new Error(parsed.message);
    const edited = withSection(parsed.hosts, 'homelab', entries);
    if (edited.state !== 'ok') throw new Error(edited.message);
    const typed = ['a.turing-cluster.local'];
    const order: ApplyOrder = {
      op: 'apply',
      cluster: 'homelab',
      suffix: 'turing-cluster.local',
      allowedDomains: [],
      ownNames: [],
      typed,
      allowPublic: false,
      entries,
    };
    return { before: digestOf(this.text), text: edited.text, order };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
