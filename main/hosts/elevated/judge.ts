import { classifyAddress } from '../../desired/address-policy.ts';
import type { HostEntry } from '../../desired/host-entry.ts';
import { canonicalHostname, isSharedSuffix, judgeName, type NamePolicy } from '../../desired/name-policy.ts';
import type { ApplyOrder } from './order.ts';

/**
 * Why an order is not carried out, as a sentence; `undefined` where every name is covered by the cluster's own domain,
 * by a domain that was consented to, or by having been typed, and none is denied whoever asks. `computer` is this
 * computer's name, which an order may have left out.
 */
export function refuseOrder(order: ApplyOrder, computer: string): string | undefined {
  const domains = [order.suffix, `${order.cluster}.${order.suffix}`, ...order.allowedDomains];
  const strange = domains.find(domain => !isDomain(domain));
  if (strange !== undefined) return `${printable(strange)} is no domain that anybody could consent to.`;
  const policy: NamePolicy = { ...order, ownNames: [...order.ownNames, ...spellings(computer)] };
  for (const entry of order.entries) {
    const problem = refuseEntry(entry, policy, order);
    if (problem !== undefined) return `${entry.hostname} may not be written: ${problem}`;
  }
  return undefined;
}

function refuseEntry(entry: HostEntry, policy: NamePolicy, order: ApplyOrder): string | undefined {
  const { hostname, address, origin } = entry;
  const isTyped = origin.kind === 'Manual' && order.typed.includes(hostname);
  if (!order.allowPublic && !isTyped && classifyAddress(address) === 'public') return `${address} is a public address.`;
  const verdict = judgeName(hostname, policy);
  switch (verdict.verdict) {
    case 'allowed':
      return undefined;
    case 'denied':
      return verdict.message;
    case 'needs-consent':
      return isTyped ? undefined : `nobody consented to ${verdict.domain}.`;
  }
}

/** A suffix under which strangers have their names cannot be consented to: it would be a yes to all of them. */
function isDomain(domain: string): boolean {
  const name = canonicalHostname(domain);
  return name.ok && name.hostname === domain && !isSharedSuffix(domain);
}

/** A computer called `desk.home.lan` is `desk`, too. */
function spellings(computer: string): readonly string[] {
  const name = canonicalHostname(computer);
  return name.ok ? [name.hostname, name.hostname.replace(/\..*/, '')] : [];
}

function printable(text: string): string {
  return text.slice(0, 80).replaceAll(/[^\x21-\x7e]/g, '?');
}
