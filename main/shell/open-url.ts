/** Pages that words of ours may lead to. */
const KNOWN: ReadonlySet<string> = new Set([
  'https://extensions.gnome.org/extension/615/appindicator-support/',
  'https://docs.k3s.io/cluster-access',
  'https://metallb.io/',
]);

/**
 * The URL to hand to the browser, or nothing. What a click asks for came from the cluster, and the system starts programs
 * for other schemes: so it is a page of a name that we manage, or one of a few known ones.
 */
export function judgeUrl(url: string, managed: { has(hostname: string): boolean }): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.username !== '' || parsed.password !== '') return undefined;
  if (KNOWN.has(parsed.href)) return parsed.href;
  const isWeb = parsed.protocol === 'http:' || parsed.protocol === 'https:';
  return isWeb && managed.has(parsed.hostname) ? parsed.href : undefined;
}
