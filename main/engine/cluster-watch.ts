import { release } from 'node:os';
import { ObjectApi } from '../cluster/object-api.ts';
import { explainLocalNetwork } from '../connect/network-permission.ts';
import type { NameRules } from '../desired/rules.ts';
import type { AppError } from '../errors.ts';
import { isSystemPath, wayTo } from '../hosts/elevation/open-hosts-file.ts';
import type { Way } from '../hosts/elevation/way.ts';
import { readHealth } from '../hosts/health.ts';
import type { Finding } from '../hosts/health-lines.ts';
import { watchHostsFile } from '../hosts/watch-file.ts';
import type { WriteOutcome } from '../hosts/write.ts';
import { readSurvey } from '../metallb/detect/read-survey.ts';
import { unfinishedRun } from '../metallb/install/namespace.ts';
import { metallbStatus } from '../metallb/status.ts';
import { explain, explainKinds, kindsOf, readVersion } from '../sync/explain.ts';
import { SyncLoop } from '../sync/loop.ts';
import type { NoPass, Pass } from '../sync/reconcile.ts';
import type { Session } from '../sync/session.ts';
import { verifyWrite } from '../sync/verify-write.ts';
import { type ClusterFacts, NOTHING_KNOWN } from './cluster-facts.ts';

export interface WatchOptions {
  readonly session: Session;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly automatic: boolean;
  /** How the file is written, where that is not what this computer would do. */
  readonly way?: Way | undefined;
  /** Something of what can be seen here is another. */
  readonly onChange: () => void;
  readonly onWrite: (outcome: WriteOutcome, pass: Pass) => void;
}

/** One cluster that is kept in step with the hosts file, and all that a window shows of it. */
export class ClusterWatch {
  readonly session: Session;
  readonly loop: SyncLoop;
  readonly way: Way;
  pass: Pass | NoPass | undefined;
  health: readonly Finding[] = [];
  facts: ClusterFacts = NOTHING_KNOWN;
  /** Changes with the file and with what would be written to it. */
  revision = 0;
  writing = false;
  #rules: NameRules;
  readonly #options: WatchOptions;
  readonly #stop = new AbortController();
  readonly #ends: (() => void)[] = [];
  #states = '';
  #looking: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(options: WatchOptions) {
    const { session, env } = options;
    this.#options = options;
    this.session = session;
    this.way = options.way ?? wayTo(session.file.path, env);
    this.#rules = session.rules;
    const onPass = (pass: Pass | NoPass) => this.#passed(pass);
    const onWrite = (outcome: WriteOutcome, pass: Pass) => {
      options.onWrite(outcome, pass);
      // What is in the file now is another pass; nobody else tells of a write of our own.
      this.loop.request();
    };
    const rules = () => this.#rules;
    this.loop = new SyncLoop({
      ...{ source: session.source, file: session.file, answers: session.answers },
      get rules() {
        return rules();
      },
      ...{ automatic: options.automatic, acceptRemovals: false, onPass, onWrite },
    });
  }

  start(): void {
    const { source, file } = this.session;
    file.expectWrites();
    this.#ends.push(source.onChange(() => this.#heard()));
    this.#ends.push(watchHostsFile(file, () => this.loop.request()));
    this.loop.start();
    this.#heard();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    for (const end of this.#ends) end();
    await this.loop.stop();
    this.session.file.settleDown();
    await this.session.close();
  }

  get rules(): NameRules {
    return this.#rules;
  }

  /** Other rules for the same cluster: nothing has to be read anew. */
  set rules(rules: NameRules) {
    this.#rules = rules;
    this.loop.request();
  }

  /** Tries what is waiting to be tried, and looks at MetalLB again. */
  check(): void {
    this.session.source.wake();
    this.loop.request();
    void this.look();
  }

  /** Asks the cluster for what is not watched; an answer that is under way may be of before, so that one more follows. */
  look(): Promise<void> {
    const again = () => {
      this.#next = undefined;
      return this.#look();
    };
    this.#next ??= this.#looking.then(again, again);
    this.#looking = this.#next;
    return this.#looking;
  }

  /** Any failure of a request in words; macOS drops what a program sends into the local network without a word to it. */
  async explain(failure: unknown): Promise<AppError> {
    return explainLocalNetwork(await explain(failure, this.session), process.platform, release());
  }

  /** Runs a write with `writing` set meanwhile. */
  async whileWriting<T>(work: () => Promise<T>): Promise<T> {
    this.writing = true;
    this.#options.onChange();
    try {
      return await work();
    } finally {
      this.writing = false;
      this.#options.onChange();
    }
  }

  /** Names of a pass that was written which do not answer as written, each with why. */
  verify(pass: Pass): Promise<readonly string[]> {
    const { file } = this.session;
    const system = isSystemPath(file.path, this.#options.env);
    return verifyWrite(pass, file, { system, interrupted: this.#stop.signal });
  }

  #passed(pass: Pass | NoPass): void {
    const before = this.pass;
    this.pass = pass;
    const isSame = before?.state === 'ready' && pass.state === 'ready' && before.before.text === pass.before.text;
    if (!isSame || before.after.text !== pass.after.text) this.revision += 1;
    if (!isSame) void this.#examine(pass);
    this.#options.onChange();
  }

  /** A file is looked at as a whole only when it is another one. */
  async #examine(pass: Pass | NoPass): Promise<void> {
    const { file } = this.session;
    const parsed = pass.state === 'ready' ? file.parse(pass.before.text) : undefined;
    if (parsed?.state !== 'ok') return;
    this.health = await readHealth(file.path, parsed.hosts, isSystemPath(file.path, this.#options.env));
    this.#options.onChange();
  }

  #heard(): void {
    const { source } = this.session;
    const kinds = kindsOf(this.session).map(({ kind, state }) => [state, source.status(kind).failure === undefined]);
    const states = [kinds, source.failure === undefined].join();
    if (states !== this.#states) {
      this.#states = states;
      void this.look();
    }
    this.#options.onChange();
  }

  async #look(): Promise<void> {
    const { session } = this;
    const { signal } = this.#stop;
    const { failure } = session.source;
    const kinds = await explainKinds(session);
    if (failure !== undefined) {
      this.facts = { ...this.facts, kinds, failure: await this.explain(failure) };
    } else {
      const api = new ObjectApi(session.connection, signal);
      const [version, survey, isUnfinished] = await Promise.all([
        readVersion(session, signal),
        readSurvey(api).catch(() => undefined),
        unfinishedRun(api)
          .then(run => run !== undefined)
          .catch(() => this.facts.isUnfinished),
      ]);
      const metallb = survey && metallbStatus(survey);
      const announcers = survey?.announcers ?? [];
      this.facts = { version, metallb, announcers, kinds, isUnfinished, failure: undefined };
    }
    if (!signal.aborted) this.#options.onChange();
  }
}
