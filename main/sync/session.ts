import { Authenticator } from '../cluster/authenticate.ts';
import { Connection } from '../cluster/connection.ts';
import type { Target } from '../cluster/kubeconfig-target.ts';
import { ClusterSource } from '../cluster/source.ts';
import type { NameRules } from '../desired/rules.ts';
import type { HostsFile } from '../hosts/hosts-file.ts';
import { Answers, type Dial, dialDirectly } from './answers.ts';

/** What a session is made of. */
export interface SessionOptions {
  readonly target: Target;
  readonly rules: NameRules;
  readonly file: HostsFile;
  /** For programs that log in. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Which programs may be run to log in; without it all of them. */
  readonly isAllowed?: (digest: string) => boolean;
  /** Ends a login that is under way. */
  readonly signal: AbortSignal;
  /** How addresses of the cluster are tried; the demo's are elsewhere. */
  readonly dial?: Dial;
}

/** A cluster that is watched, and the hosts file that goes with it. */
export interface Session {
  readonly target: Target;
  readonly login: Authenticator;
  readonly connection: Connection;
  readonly source: ClusterSource;
  readonly rules: NameRules;
  readonly file: HostsFile;
  readonly answers: Answers;
  readonly dial: Dial;
  close(): Promise<void>;
}

/** Begins to watch a cluster. */
export function openSession(options: SessionOptions): Session {
  const { target, rules, file, env, signal, isAllowed, dial = dialDirectly } = options;
  const host = { env, platform: process.platform, uid: process.getuid?.(), signal, ...(isAllowed && { isAllowed }) };
  const login = new Authenticator(target, host);
  const connection = new Connection(login);
  const source = new ClusterSource({ connection, namespaces: rules.namespaces });
  source.start();
  return {
    ...{ target, login, connection, source, rules, file, dial },
    answers: new Answers(dial),
    close: async () => {
      await source.stop();
      connection.close();
    },
  };
}
