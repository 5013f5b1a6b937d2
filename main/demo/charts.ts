import { gunzipSync } from 'node:zlib';
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { isRecord, type Manifest } from './api/objects.ts';
import { mergePatch } from './api/patch.ts';
import { TRAEFIK_CRDS } from './crds.ts';
import { HelmError } from './helm-error.ts';
import { metallbChart } from './metallb-chart.ts';
import type { ReleaseName } from './releases.ts';
import { traefikChart } from './traefik-chart.ts';

/** What a HelmChart says of the chart itself. */
export interface ChartSpec {
  readonly chart?: string;
  readonly version?: string;
  readonly repo?: string;
  /** A packed chart, in base64. */
  readonly chartContent?: string;
  /** YAML. */
  readonly valuesContent?: string;
}

/** MetalLB's repository, as far as the demo has it. */
const METALLB_VERSIONS = ['0.15.3', '0.16.1', '0.16.0', '0.15.2', '0.14.9'];

/** `helm template`: the objects of a chart with its values, those of `config` last. Throws HelmError. */
export function render(release: ReleaseName, spec: ChartSpec, config: ChartSpec): Manifest[] {
  const { chart = '', chartContent } = spec;
  const values = mergePatch(readValues(spec.valuesContent), readValues(config.valuesContent));
  if (chartContent !== undefined) return metallbChart(release, packedVersion(chartContent), values);
  if (/\/traefik-crd-[^/]*\.tgz$/.test(chart)) return [...TRAEFIK_CRDS];
  if (/\/traefik-[^/]*\.tgz$/.test(chart)) return traefikChart(release, values);
  if (!/(^|\/)metallb$/.test(chart)) throw new HelmError(`Error: INSTALLATION FAILED: chart "${chart}" not found`);
  const [newest = ''] = METALLB_VERSIONS;
  const version = String(spec.version ?? newest).replace(/^v/, '');
  if (METALLB_VERSIONS.includes(version)) return metallbChart(release, version, values);
  throw new HelmError(
    `Error: INSTALLATION FAILED: chart "metallb" matching version "${version}" not found in ${spec.repo} index. ` +
      `(try 'helm repo update'): no chart version found for metallb-${version}`,
  );
}

function readValues(content: string | undefined): Record<string, unknown> {
  try {
    const [values] = loadAll(content ?? '', { schema: CORE_SCHEMA });
    return isRecord(values) ? values : {};
  } catch (error) {
    throw new HelmError(`Error: failed to parse /config/values.yaml: ${error}`);
  }
}

/** A .tgz's entries are plain text, one after the other: the version is that of the first Chart.yaml. */
function packedVersion(content: string): string {
  try {
    const text = gunzipSync(Buffer.from(content, 'base64')).toString('latin1');
    return /^version: *v?(\S+)/m.exec(text)?.[1] ?? '';
  } catch {
    throw new HelmError(
      'Error: INSTALLATION FAILED: file does not appear to be a gzipped archive; got an unknown type',
    );
  }
}
