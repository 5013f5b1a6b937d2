import { createHash } from 'node:crypto';

/** Names and addresses of all lines of a hosts file, read plainly: an independent witness of what a resolver sees. */
export function namesIn(file: Buffer): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const line of file.toString('latin1').split('\n')) {
    const [address, ...hosts] = (line.split('#')[0] ?? '').trim().split(/\s+/);
    for (const host of hosts) names.set(host, address ?? '');
  }
  return names;
}

const BLOCK =
  /^\n{0,2}# BEGIN cluster-hosts v1 pad=[012] eol=(?:lf|crlf) sha=([0-9a-f]{16})\n(.*)# END cluster-hosts\n$/s;

/** Why a file is neither the first bytes nor these with one whole block behind them; `undefined` when it is. */
export function tornness(file: Buffer, first: Buffer): string | undefined {
  if (!file.subarray(0, first.length).equals(first)) return `the user's lines changed:\n${file}`;
  if (file.length === first.length) return undefined;
  const [, sha, body = ''] = BLOCK.exec(file.toString('latin1', first.length)) ?? [];
  if (sha === undefined) return `no whole block:\n${file}`;
  return sha === sha256(Buffer.from(body, 'latin1')).slice(0, 16) ? undefined : `half a block:\n${file}`;
}

/** A file's digest, to compare with what was there first. */
export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
