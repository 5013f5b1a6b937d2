export const SCHEME = 'app';
const HOST = 'cluster-hosts';

/** What the window shows. */
export const PAGE = `${SCHEME}://${HOST}/index.html`;

/** True for our own pages only; who asks this process for something must be one. */
export function isOwnPage(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && isOwn(parsed);
}

export function isOwn({ protocol, host, username, password }: URL): boolean {
  return protocol === `${SCHEME}:` && host === HOST && username === '' && password === '';
}
