import { labelsOf, type RawObject } from '../../cluster/object-api.ts';
import { list, record, text } from '../../cluster/raw.ts';
import { NAMESPACE } from '../objects.ts';
import type { Installation } from '../survey.ts';
import { ownerOf, type Traces, targetOf } from './owner.ts';
import { componentOf, isReady, modeOf, versionOf, workloadOf } from './workload.ts';

/** All that is read of MetalLB itself. */
export interface MetallbObjects extends Omit<Traces, 'workload'> {
  /** Labelled as MetalLB's, by its chart or its manifests. */
  readonly deployments: readonly RawObject[];
  readonly daemonSets: readonly RawObject[];
  readonly configurationStates: readonly RawObject[];
  /** Of its namespace; none are needed while all is well. */
  readonly pods: readonly RawObject[];
}

/** The installation of MetalLB in a cluster; there cannot be two, since its kinds and its webhook are the cluster's. */
export function installationOf(objects: MetallbObjects): Installation | undefined {
  const controller = objects.deployments.find(each => componentOf(each) === 'controller');
  const speaker = objects.daemonSets.find(each => componentOf(each) === 'speaker');
  const workload = controller ?? speaker;
  const owner = ownerOf({ ...objects, workload });
  if (owner === undefined) return undefined;
  const { managedBy, ours, release, secret, chart } = owner;
  return {
    ...{ managedBy, ours, release },
    version: versionOf(workload) || text(record(chart?.spec).version).replace(/^v/, ''),
    namespace:
      text(record(workload?.metadata).namespace) || namespaceOf(objects.webhook) || targetOf(chart) || NAMESPACE,
    releaseStatus: labelsOf(secret).status ?? '',
    releaseSecret: text(record(secret?.metadata).name),
    controller: controller && workloadOf(controller, objects.pods),
    speaker: speaker && workloadOf(speaker, objects.pods),
    mode: modeOf(speaker),
    configurationErrors: errorsOf(objects.configurationStates),
  };
}

/** Something of it does not run as it should: its pods say why. */
export function isUnready({ controller, speaker }: Installation): boolean {
  return [controller, speaker].some(workload => workload !== undefined && !isReady(workload));
}

/** Where the webhook is served, which is where MetalLB runs. */
function namespaceOf(webhook: RawObject | undefined): string {
  const [first] = list(webhook?.webhooks).map(record);
  return text(record(record(first?.clientConfig).service).namespace);
}

/** Controller and speakers tell the same error, each for itself. */
function errorsOf(states: readonly RawObject[]): readonly string[] {
  const told = states
    .map(({ status }) => record(status))
    .filter(({ result }) => result === 'Invalid')
    .map(({ errorSummary }) => text(errorSummary) || 'it does not say why');
  return [...new Set(told)];
}
