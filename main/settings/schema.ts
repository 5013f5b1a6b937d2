import { z } from 'zod';
import type { Settings } from '../../preload/contract.ts';
import {
  type Reading,
  readAddress,
  readCluster,
  readContext,
  readDigest,
  readDomain,
  readHostname,
  readNamespace,
  readPath,
  readRepository,
} from './values.ts';

/** How many each list may have: more than anybody needs, and few enough to go through at every change. */
export const LIMITS = {
  kubeconfigs: 50,
  namespaces: 500,
  allowedDomains: 1000,
  names: 1000,
  excluded: 5000,
  programs: 500,
} as const satisfies Partial<Record<keyof Settings, number>>;

/** Text that has one canonical spelling; what is wrong with it is in the issue's message and `params.hint`. */
function canonical(read: (text: string) => Reading) {
  return z.string().transform((text, { issues }) => {
    const reading = read(text);
    if (reading.ok) return reading.value;
    issues.push({ code: 'custom', input: text, message: reading.message, params: { hint: reading.hint } });
    return z.NEVER;
  });
}

/** Without what is in it twice. */
function list<T extends z.ZodType>(item: T, limit: number) {
  return z
    .array(item)
    .max(limit, { error: `There is room for ${limit} of them.` })
    .transform((items): readonly z.output<T>[] => [
      ...new Map(items.map(each => [JSON.stringify(each), each])).values(),
    ]);
}

const flag = z.boolean();

/** Every setting by itself, so that one that is wrong does not take the others with it. */
export const FIELDS = {
  theme: z.enum(['system', 'light', 'dark']),
  startAtLogin: flag,
  onClose: z.enum(['keep-running', 'quit']),
  notify: z.object({ pending: flag, failed: flag, address: flag, unreachable: flag }),
  trayIcon: z.enum(['automatic', 'light', 'dark']),
  singleKeys: flag,
  kubeconfigs: list(canonical(readPath), LIMITS.kubeconfigs),
  context: canonical(readContext),
  cluster: canonical(readCluster),
  suffix: canonical(readDomain),
  namespaces: list(canonical(readNamespace), LIMITS.namespaces),
  allowedDomains: list(canonical(readDomain), LIMITS.allowedDomains),
  allowPublic: flag,
  names: list(z.object({ hostname: canonical(readHostname), address: canonical(readAddress) }), LIMITS.names),
  excluded: list(canonical(readHostname), LIMITS.excluded),
  automatic: flag,
  pausedUntil: z.number().nonnegative().nullable(),
  programs: list(canonical(readDigest), LIMITS.programs),
  toldAboutTray: flag,
  wizardSeen: flag,
  chartRepository: canonical(readRepository),
} satisfies { readonly [Key in keyof Settings]: z.ZodType<Settings[Key]> };

/** All of them. */
export const SETTINGS = z.object(FIELDS);
