import type {
  Api,
  FileLine,
  FileView,
  NameSource,
  Patch,
  Reply,
  Requests,
  Screen,
  Snapshot,
} from '../../../preload/contract.ts';
import { advise, NO_INSTALLER, phases, planFor, SUGGESTION } from '../installer-views.ts';

type Answers = { readonly [M in keyof Requests]: (...args: Parameters<Requests[M]>) => ReturnType<Requests[M]> };

export interface FakeApi {
  readonly api: Api;
  /** What the window asked for, in order. */
  readonly asked: readonly { readonly method: keyof Requests; readonly args: readonly unknown[] }[];
  readonly patch: (patch: Patch) => void;
}

/**
 * Stands for preload and main process: always in the one state, but that settings stick and
 * that an installation begins. Without a `screen` the window
 * decides where it begins.
 */
export function fakeApi(snapshot: Snapshot, screen: Screen | undefined): FakeApi {
  const asked: { method: keyof Requests; args: readonly unknown[] }[] = [];
  const listeners = new Set<(patch: Patch) => void>();
  const patch = (change: Patch) => {
    for (const listener of listeners) listener(change);
  };
  let settings = snapshot.state.settings;
  const answers: Answers = {
    ...SILENT,
    getSnapshot: () => snapshot,
    getFile: () => file(snapshot),
    setSettings: change => {
      settings = { ...settings, ...change };
      patch({ state: { settings } });
    },
    dismissWrite: () => patch({ state: { lastWrite: undefined } }),
    install: () => patch({ state: { installer: phases(Date.now()).installing } }),
    resetInstaller: () => {
      const { isUnfinished } = snapshot.state.installer;
      patch({ state: { installer: { ...NO_INSTALLER, isUnfinished } } });
    },
    adviseAddresses: text => {
      const { metallb, traefik } = snapshot.state;
      const advice = text === null ? SUGGESTION : advise(text);
      return metallb.ours ? { ...advice, pin: traefik.address } : advice;
    },
    getNameSources: hostname => SOURCES[hostname] ?? [],
    declineProgram: () => {
      const { setup } = snapshot.state;
      if (setup?.need === 'program') patch({ state: { setup: { ...setup, declined: true } } });
    },
  };
  const methods = Object.keys(answers) as (keyof Requests)[];
  const requests = Object.fromEntries(
    methods.map(method => [
      method,
      (...args: unknown[]): Promise<Reply<unknown>> => {
        asked.push({ method, args });
        const answer = answers[method] as (...args: unknown[]) => unknown;
        return Promise.resolve({ ok: true, value: answer(...args) });
      },
    ]),
  );
  const events = {
    onPatch: (listener: (patch: Patch) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onNavigate: (listener: (screen: Screen) => void) => {
      if (screen !== undefined) listener(screen);
      return () => {};
    },
  };
  return { api: { ...requests, ...events } as unknown as Api, asked, patch };
}

const SOURCES: Readonly<Record<string, readonly NameSource[]>> = {
  'grafana.lab': [
    { origin: { kind: 'IngressRoute', namespace: 'monitoring', name: 'grafana' }, annotations: [] },
    {
      origin: { kind: 'Service', namespace: 'monitoring', name: 'grafana' },
      annotations: [
        { name: 'external-dns.kubernetes.io/hostname', value: 'grafana.lab,stats.lab' },
        { name: 'cluster-hosts/address', value: '192.168.1.240' },
      ],
    },
  ],
  'wiki.lab': [
    { origin: { kind: 'Ingress', namespace: 'docs', name: 'wiki' }, annotations: [] },
    { origin: { kind: 'IngressRoute', namespace: 'team', name: 'wiki' }, annotations: [] },
  ],
  'rtl.lab': [
    {
      origin: { kind: 'Ingress', namespace: 'media', name: 'rtl' },
      annotations: [{ name: 'cluster-hosts/hostname', value: `<img src=x onerror=alert(1)> ${'x'.repeat(300)}` }],
    },
  ],
};

const WRITTEN = { outcome: 'done', message: '', hint: '', remarks: [] } as const;
const nothing = () => {};

const SILENT: Omit<
  Answers,
  | 'getSnapshot'
  | 'getFile'
  | 'getNameSources'
  | 'declineProgram'
  | 'setSettings'
  | 'dismissWrite'
  | 'adviseAddresses'
  | 'install'
  | 'resetInstaller'
> = {
  getBackups: () => [
    { id: 'b2', time: '2026-11-22T08:42:00Z', original: false, bytes: 612, diff: DIFF },
    { id: 'b1', time: '2026-11-01T18:03:00Z', original: true, bytes: 221, diff: DIFF },
  ],
  syncNow: () => WRITTEN,
  restoreBackup: () => WRITTEN,
  removeAll: () => WRITTEN,
  checkNow: nothing,
  pause: nothing,
  resume: nothing,
  chooseContext: nothing,
  chooseKubeconfig: () => true,
  pasteKubeconfig: nothing,
  lookAgain: nothing,
  startDemo: nothing,
  leaveDemo: nothing,
  setServerAddress: nothing,
  allowProgram: nothing,
  runChecks: nothing,
  planInstall: planFor,
  cancelInstall: nothing,
  keepInstallation: nothing,
  rollBack: nothing,
  removeMetallb: nothing,
  openUrl: nothing,
  copyText: nothing,
  openLogs: nothing,
  copyDiagnostics: nothing,
  testNotification: nothing,
  quit: nothing,
};

const DIFF: readonly FileLine[] = [
  { kind: 'skip', text: '' },
  { kind: 'same', text: '192.168.1.240\tgrafana.lab', old: 12, new: 12 },
  { kind: 'removed', text: '192.168.1.53\tpihole.lab', old: 13 },
  { kind: 'removed', text: '192.168.1.240\told-wiki.lab', old: 14 },
  { kind: 'added', text: '192.168.1.240\timmich.lab', new: 13 },
  { kind: 'added', text: '192.168.1.241\tpihole.lab', new: 14 },
  { kind: 'same', text: '# END cluster-hosts', old: 15, new: 15 },
];

function file({ state, names }: Snapshot): FileView {
  const ours = names
    .filter(({ address }) => address !== '')
    .slice(0, 200)
    .map(({ address, hostname }) => ({ text: `${address}\t${hostname}`, ours: true }));
  return {
    diff: state.hosts.changed ? DIFF : [],
    lines: [
      { text: '127.0.0.1\tlocalhost', ours: false },
      { text: '::1\tlocalhost ip6-localhost', ours: false },
      { text: '', ours: false },
      { text: '# BEGIN cluster-hosts', ours: true },
      ...ours,
      { text: '# END cluster-hosts', ours: true },
    ],
  };
}
