import { load, YAMLException } from 'js-yaml';
import type { RawObject } from '../../cluster/object-api.ts';
import { record, text } from '../../cluster/raw.ts';
import type { NodeFacts, Survey } from '../survey.ts';
import { valuesOf } from './flags.ts';

/**
 * How kube-proxy works: by kubeadm's ConfigMap `kube-system/kube-proxy`, else by the arguments that K3s hands on to
 * it. One node that is loose answers for all.
 */
export function kubeProxyOf(
  config: RawObject | undefined,
  nodes: readonly NodeFacts[],
  isK3s: boolean,
): Survey['kubeProxy'] {
  if (config !== undefined) return byConfig(text(record(config.data)['config.conf']));
  const told = nodes.flatMap(({ args }) => (args === undefined ? [] : [byArguments(args)]));
  return (
    told.find(mode => mode === 'ipvs-loose') ??
    told.find(mode => mode === 'ipvs-strict') ??
    (isK3s && told.length > 0 ? 'other' : 'unknown')
  );
}

function byConfig(yaml: string): Survey['kubeProxy'] {
  try {
    const { mode, ipvs } = record(load(yaml));
    if (mode === undefined && yaml.trim() === '') return 'unknown';
    if (mode !== 'ipvs') return 'other';
    return record(ipvs).strictARP === true ? 'ipvs-strict' : 'ipvs-loose';
  } catch (error) {
    if (error instanceof YAMLException) return 'unknown';
    throw error;
  }
}

function byArguments(args: readonly string[]): Survey['kubeProxy'] {
  const handed = valuesOf('--kube-proxy-arg', args);
  const has = (...values: readonly string[]) => values.some(value => handed.includes(value));
  if (!has('proxy-mode=ipvs', '--proxy-mode=ipvs')) return 'other';
  const isStrict = has('ipvs-strict-arp', 'ipvs-strict-arp=true', '--ipvs-strict-arp', '--ipvs-strict-arp=true');
  return isStrict ? 'ipvs-strict' : 'ipvs-loose';
}
