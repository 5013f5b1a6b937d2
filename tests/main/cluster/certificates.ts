import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** PEM. */
export interface Issued {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority that lives as long as the test file that asks for it. */
export interface Authority {
  /** PEM. */
  readonly ca: string;
  /** A certificate for 127.0.0.1 that ends in so many days, or ended so many days ago. */
  issue(days: number): Issued;
}

/** Uses the openssl program; `undefined` where there is none. */
export function makeAuthority(): Authority | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'cluster-hosts-ca-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const openssl = (command: string) => execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'ignore' });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const newKey = (name: string) => openssl(`ecparam -name prime256v1 -genkey -noout -out ${name}`);
  try {
    newKey('ca.key');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  openssl('req -x509 -key ca.key -subj /CN=authority -days 2 -out ca.crt');
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1');
  const issue = (days: number) => {
    newKey('key');
    openssl('req -new -key key -subj /CN=node -out request');
    openssl(`x509 -req -in request -CA ca.crt -CAkey ca.key -CAcreateserial -days ${days} -extfile names -out crt`);
    return { certificate: read('crt'), key: read('key') };
  };
  return { ca: read('ca.crt'), issue };
}
