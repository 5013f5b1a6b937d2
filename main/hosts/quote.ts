import { canonicalAddress } from '../desired/address-policy.ts';

/** A line of a hosts file, by its number from 1, fit to be shown. */
interface QuotedLine {
  readonly at: number;
  readonly quote: string;
}

const MAX_QUOTE = 60;

/** Text of a file that anybody may have written, for a sentence: printable ASCII, blanks folded, not long. */
export function quote(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ').replaceAll(/[^\x20-\x7e]/g, '?');
  return plain.length > MAX_QUOTE ? `${plain.slice(0, MAX_QUOTE)}...` : plain;
}

/** The first line that gives a name one of these addresses. Of a long one only that is quoted. */
export function findLine(hosts: string, hostname: string, addresses: readonly string[]): QuotedLine | undefined {
  for (const [index, line] of hosts.split('\n').entries()) {
    // Most lines are of other names, and taking them apart takes longer.
    if (!line.toLowerCase().includes(hostname)) continue;
    const [text = '', ...names] = line.replace(/#.*/s, '').trim().split(/\s+/);
    const address = canonicalAddress(text);
    if (address === undefined || !addresses.includes(address)) continue;
    if (!names.some(name => name.toLowerCase().replace(/\.$/, '') === hostname)) continue;
    const whole = `${address} ${names.join(' ')}`;
    return { at: index + 1, quote: whole.length > MAX_QUOTE ? `${address} ... ${hostname} ...` : quote(whole) };
  }
  return undefined;
}
