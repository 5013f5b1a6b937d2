import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chooseTarget } from '../cluster/kubeconfig-target.ts';
import { canonicalHostname } from '../desired/name-policy.ts';
import { nameRules } from '../desired/name-rules.ts';
import { clusterDomain } from '../desired/rules.ts';
import { AppError } from '../errors.ts';
import { readForWriting } from './clean.ts';
import { type Command, EXIT, type Invocation } from './command.ts';
import { hostsFileFor } from './hosts-file.ts';
import { usageError } from './options.ts';
import { readKubeconfigs } from './session.ts';

export const openCommand: Command = {
  name: 'open',
  takes: '[NAME]',
  summary: 'Open a name in the browser',
  options: [],
  run: async invocation => {
    const { options, io, out } = invocation;
    const hostname = await nameOf(invocation);
    const { hosts } = readForWriting(hostsFileFor(options, io, out));
    const entries = [...(hosts.block?.sections.values() ?? [])].flatMap(section => section.entries);
    if (!entries.some(entry => entry.hostname === hostname)) {
      throw new AppError(
        'hosts-file',
        `${hostname} is not a name that Cluster Hosts has written.`,
        'See cluster-hosts names, then sync.',
      );
    }
    const url = `https://${hostname}/`;
    if (!options.json) out.note(`Opening ${url}`);
    await openInBrowser(url);
    if (options.json) out.value({ url });
    return EXIT.done;
  },
};

async function nameOf({ words, options, io, out }: Invocation): Promise<string> {
  const [word] = words;
  if (word !== undefined) {
    const name = canonicalHostname(word);
    if (!name.ok) throw usageError(`${word}: ${name.message}`);
    return name.hostname;
  }
  const context =
    options.cluster === undefined
      ? chooseTarget(await readKubeconfigs(options, io, out), options.context).context.name
      : '';
  return clusterDomain(nameRules(options, context, []).policy);
}

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['/usr/bin/open'],
  win32: ['rundll32.exe', 'url.dll,FileProtocolHandler'],
};

/** The system's own way, without a shell; the URL is one of ours, so it is safe as an argument. */
async function openInBrowser(url: string): Promise<void> {
  const [program, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  try {
    await once(child, 'spawn');
    child.unref();
  } catch (cause) {
    throw new AppError('internal', `No browser could be started (${program} is missing).`, `Open ${url} yourself.`, {
      cause,
    });
  }
}
