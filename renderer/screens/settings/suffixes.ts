/** What the cluster's names may end in without being anybody's in the Internet. */
export const OFFERED_SUFFIXES: readonly string[] = ['local', 'lan', 'home.arpa', 'internal'];

/** There, `local` belongs to multicast DNS, and looking for an IPv6 address of such a name takes five seconds. */
export const RECOMMENDED_ON_MAC = 'home.arpa';
