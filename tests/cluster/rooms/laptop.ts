import { readFileSync, statSync } from 'node:fs';
import type { Output, Place, Running, RunOptions } from './place.ts';

/** The user's computer: where the product runs, with a hosts file of its own. */
export class Laptop {
  private readonly place: Place;
  private readonly env: Readonly<Record<string, string>>;

  constructor(place: Place, env: Readonly<Record<string, string>>) {
    this.place = place;
    this.env = env;
  }

  run(argv: readonly string[], options: RunOptions = {}): Promise<Output> {
    return this.place.run(argv, { ...options, env: { ...this.env, ...options.env } });
  }

  /** For what goes on until it is stopped; whoever starts it reads its streams. */
  spawn(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
    return this.place.spawn(argv, { env: { ...this.env, ...env } });
  }

  /** The bytes of `/etc/hosts` as they are this moment, read without starting anything. */
  hosts(): Buffer {
    return readFileSync(this.outside('/etc/hosts'));
  }

  /** Another number after a rename, the same after a write in place. */
  hostsInode(): number {
    return statSync(this.outside('/etc/hosts')).ino;
  }

  /** This process' path of one of the laptop's files. */
  outside(path: string): string {
    return this.place.outside(path);
  }

  /** Puts other bytes into `/etc/hosts`, in place. */
  async writeHosts(bytes: string): Promise<void> {
    await this.place.must(['sh', '-c', 'cat >/etc/hosts'], { input: bytes });
  }
}
