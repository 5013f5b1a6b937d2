/** One option as help and completions show it. */
export interface OptionHelp {
  readonly name: string;
  /** `''` for a switch. */
  readonly value: string;
  readonly text: string;
}

export const GLOBAL_OPTIONS: readonly OptionHelp[] = [
  { name: 'kubeconfig', value: 'FILE', text: 'Use this kubeconfig, not KUBECONFIG or ~/.kube/config' },
  { name: 'context', value: 'NAME', text: 'Use this context of it, not the current one' },
  { name: 'cluster', value: 'NAME', text: 'What to call the cluster (default: its context, else turing-cluster)' },
  { name: 'suffix', value: 'DOMAIN', text: 'What the cluster’s names end in (default: local)' },
  { name: 'hosts-file', value: 'FILE', text: 'Write this file, not the system’s' },
  { name: 'allow-domain', value: 'DOMAIN', text: 'Allow names of this domain too (repeatable)' },
  { name: 'name', value: 'HOST=ADDRESS', text: 'Add a name by hand (repeatable)' },
  { name: 'namespace', value: 'NAME', text: 'Look only at this namespace (repeatable)' },
  { name: 'timeout', value: 'SECONDS', text: 'How long to wait for the cluster (default: 10)' },
  { name: 'json', value: '', text: 'Answer in JSON' },
  { name: 'no-color', value: '', text: 'No colours' },
  { name: 'help', value: '', text: 'Show help' },
  { name: 'version', value: '', text: 'Show the version' },
];

/** Options that only some commands take. */
export const COMMAND_OPTIONS = {
  yes: { name: 'yes', value: '', text: 'Do not ask' },
  watch: { name: 'watch', value: '', text: 'Go on, and write as things change' },
  'dry-run': { name: 'dry-run', value: '', text: 'Show the changes only' },
  'accept-removals': { name: 'accept-removals', value: '', text: 'Also remove more than half of the names' },
  once: { name: 'once', value: '', text: 'Make one pass, then stop' },
  addresses: { name: 'addresses', value: 'RANGE', text: 'What MetalLB may give: 10.0.0.70-10.0.0.80' },
  pin: { name: 'pin', value: 'ADDRESS', text: 'Give Traefik this one of them, or none (default: as it is)' },
  engine: { name: 'engine', value: 'NAME', text: 'Install by helmchart (K3s) or helm (default: what is there)' },
  repo: { name: 'repo', value: 'URL', text: 'Take the chart from this repository or folder' },
  'roll-back': { name: 'roll-back', value: '', text: 'Take back what an unfinished installation made' },
} as const satisfies Record<string, OptionHelp>;

export type CommandOption = keyof typeof COMMAND_OPTIONS;
