import { plainText } from '../cluster/plain-text.ts';
import { clusterDomain } from '../desired/rules.ts';
import type { Pass } from '../sync/reconcile.ts';
import type { Session } from '../sync/session.ts';
import { type Command, EXIT, type ExitCode } from './command.ts';
import type { Output } from './io.ts';
import { lookOnce } from './look.ts';
import { describeConsent, isPending } from './pending.ts';
import { columns, shownName, shownOrigin, shownState } from './text.ts';

export const namesCommand: Command = {
  name: 'names',
  takes: '',
  summary: 'Show every name: address, origin, state, reason',
  options: [],
  run: invocation =>
    lookOnce(invocation, async ({ session, pass }) => {
      const { out } = invocation;
      if (out.json) out.value(namesJson(session, pass));
      else printNames(session, pass, out);
      return exitOf(pass);
    }),
};

/** 0 in sync, 2 changes pending. */
export function exitOf(pass: Pass): ExitCode {
  return isPending(pass) ? EXIT.pending : EXIT.done;
}

/** The answer of `names --json`. */
function namesJson({ target, rules }: Session, { plan, desired }: Pass) {
  return {
    cluster: rules.policy.cluster,
    context: target.context.name,
    entries: plan.rows,
    skipped: plan.skipped,
    urls: urlsOf(rules.policy, desired),
  };
}

/** Routes without a host, as addresses under the cluster's name. */
function urlsOf(policy: Session['rules']['policy'], { paths }: Pass['desired']) {
  return paths.map(({ path, origin }) => ({ url: `https://${clusterDomain(policy)}${path}`, origin }));
}

function printNames({ rules }: Session, { plan, desired }: Pass, out: Output): void {
  const rows = plan.rows.map(row => {
    const address = row.from === undefined || row.from === row.address ? row.address : `${row.from} → ${row.address}`;
    return [shownName(row.hostname), address, shownOrigin(row.origin), shownState(row, out), plainText(row.reason)];
  });
  for (const line of columns(rows)) out.line(line);
  if (rows.length === 0) out.line('No names yet. Add an Ingress or an IngressRoute, and it shows up here.');
  const urls = urlsOf(rules.policy, desired).map(({ url, origin }) => [plainText(url), shownOrigin(origin)]);
  section('Routes without a host', urls, out);
  const skipped = plan.skipped.map(({ hostname, origin, message }) => [
    shownName(hostname),
    shownOrigin(origin),
    plainText(message),
  ]);
  section('Not for a hosts file', skipped, out);
  const consent = describeConsent(plan);
  if (consent !== '') out.note(consent);
}

function section(title: string, rows: readonly (readonly string[])[], out: Output): void {
  if (rows.length === 0) return;
  out.line();
  out.line(out.style('bold', title));
  for (const line of columns(rows)) out.line(line);
}
