/** Of the services that Linux asks for a name, the one that keeps it from getting to the hosts file. */
export interface Rival {
  readonly service: string;
  /** It is asked before the file; or it is, and its no is final; or the file is not asked at all. */
  readonly way: 'before' | 'final' | 'instead';
  /** What `hosts:` is set to. */
  readonly order: string;
}

interface Service {
  readonly name: string;
  readonly isFinal: boolean;
}

/**
 * Reads /etc/nsswitch.conf (`''` where there is none: then the file comes first). `undefined` where the order does not
 * explain that the name was `found` (with whatever address), not found, or that nothing was said in time.
 */
export function rivalOf(
  nsswitch: string,
  hostname: string,
  said: 'found' | 'not-found' | 'nothing',
): Rival | undefined {
  const order = orderOf(nsswitch);
  if (order === undefined) return undefined;
  const services = servicesOf(order);
  const at = services.findIndex(({ name }) => name === 'files');
  const others = services.slice(0, at < 0 ? undefined : at).filter(({ name }) => mayKnow(name, hostname));
  if (at < 0) return { service: others[0]?.name ?? '', way: 'instead', order };
  const rival = said === 'not-found' ? others.find(({ isFinal }) => isFinal) : others[0];
  return rival && { service: rival.name, way: said === 'not-found' ? 'final' : 'before', order };
}

/** True where systemd-resolved is asked before the file, or instead of it: it reads the file, but not at once. */
export function asksResolved(nsswitch: string): boolean {
  const names = servicesOf(orderOf(nsswitch) ?? 'files').map(({ name }) => name);
  const [resolved, files] = [names.indexOf('resolve'), names.indexOf('files')];
  return resolved >= 0 && (files < 0 || resolved < files);
}

/** Of several lines the last counts. */
function orderOf(nsswitch: string): string | undefined {
  const lines = nsswitch.split('\n').flatMap(line => /^\s*hosts\s*:([^#]*)/.exec(line)?.[1] ?? []);
  return lines.at(-1)?.trim();
}

/** `dns [!UNAVAIL=return] files`: in brackets what becomes of the answer of the service before them. */
function servicesOf(order: string): readonly Service[] {
  const services: Service[] = [];
  for (const [token] of order.matchAll(/\[[^\]]*\]|[^\s[]+/g)) {
    const last = services.at(-1);
    if (!token.startsWith('[')) services.push({ name: token, isFinal: false });
    else if (last !== undefined) services.splice(-1, 1, { name: last.name, isFinal: isFinal(token, last.isFinal) });
  }
  return services;
}

/** Whether a no ends the search, after these actions. */
function isFinal(actions: string, before: boolean): boolean {
  let final = before;
  for (const [, not, status, action] of actions.toLowerCase().matchAll(/(!?)\s*([a-z]+)\s*=\s*([a-z]+)/g)) {
    if ((status === 'notfound') !== (not === '!')) final = action === 'return';
  }
  return final;
}

/** Services that know only some names say nothing of the others. */
function mayKnow(service: string, hostname: string): boolean {
  if (/^(myhostname|mymachines|libvirt|libvirt_guest)$/.test(service)) return false;
  if (!/^mdns[46]?(_minimal)?$/.test(service)) return true;
  return hostname.endsWith('.local') && (!service.endsWith('_minimal') || hostname.split('.').length === 2);
}
