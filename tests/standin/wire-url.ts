/*
 * Chromium refuses schemes that it does not know before anybody could answer for them. So on the wire app://host/path is
 * https://host.app.standin.localhost/path, and the main process sees only the former.
 */

const schemes = new Set<string>();
const SUFFIX = '.standin.localhost';

/** From now on its URLs have a form for the wire. */
export function addScheme(scheme: string): void {
  schemes.add(scheme);
}

export function toWire(url: string): string {
  const [, scheme = '', host, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
  return schemes.has(scheme) ? `https://${host || 'host'}.${scheme}${SUFFIX}${rest || '/'}` : url;
}

export function fromWire(url: string): string {
  return url.replace(/^https:\/\/([^/?#]*)\.([a-z0-9+-]+)\.standin\.localhost/i, '$2://$1');
}

/** A header's value for the wire: a content security policy may name our schemes, as in `img-src app:`. */
export function headerToWire(value: string): string {
  return value.replace(/(?<=^|[\s;])([a-z][a-z0-9+-]*):(\/\/[^\s;]*)?(?=[\s;]|$)/g, (all, scheme: string, host) => {
    if (!schemes.has(scheme)) return all;
    return host ? toWire(all) : `https://*.${scheme}${SUFFIX}`;
  });
}
