/** Longer lines are no entries; quoting them helps nobody. */
const MAX_LINE = 1024;

/**
 * The names that lines outside the block give an address to, in lower case, each with its line (blanks folded,
 * printable ASCII only). Of several lines the first counts, as for most resolvers.
 */
export function foreignNames(head: string, tail: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const line of `${head}\n${tail}`.split('\n')) {
    if (line.length > MAX_LINE) continue;
    const [address = '', ...hostnames] = line.replace(/#.*/s, '').trim().split(/\s+/);
    for (const text of hostnames) {
      const hostname = text.toLowerCase().replace(/\.$/, '');
      if (!names.has(hostname))
        names.set(hostname, `${address} ${hostnames.join(' ')}`.replaceAll(/[^\x20-\x7e]/g, '?'));
    }
  }
  return names;
}
