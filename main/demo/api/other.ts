import { parseBody } from './body.ts';
import type { DemoCluster } from './cluster.ts';
import { AGGREGATED, aggregatedDiscovery, legacyDiscovery, wantsAggregated } from './discovery.ts';
import type { Faults } from './faults.ts';
import { isRecord } from './objects.ts';
import type { Answer, Call } from './request.ts';
import { StatusError } from './status-error.ts';

/** Where a client asks whether it may do something, before it tries. */
export const ACCESS_REVIEW_PATH = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

interface Surroundings {
  readonly cluster: DemoCluster;
  readonly faults: Faults;
  readonly version: Readonly<Record<string, string>>;
}

/** What is not of a resource: health, version, discovery, access reviews. Throws 404. */
export function answerOther({ cluster, faults, version }: Surroundings, call: Call): Answer {
  const segments = call.pathname.split('/').filter(Boolean);
  const [root] = segments;
  switch (call.pathname) {
    case '/healthz':
    case '/livez':
    case '/readyz':
      return { code: 200, body: 'ok' };
    case '/version':
      return { code: 200, body: version };
    case ACCESS_REVIEW_PATH:
      return { code: 201, body: reviewAccess(faults, parseBody(call)) };
  }
  if (root !== 'api' && root !== 'apis') throw new StatusError(404);
  return segments.length === 1 && wantsAggregated(call.accept)
    ? { code: 200, body: aggregatedDiscovery(cluster, root), headers: { 'Content-Type': AGGREGATED } }
    : { code: 200, body: legacyDiscovery(cluster, segments) };
}

/** Answers a SelfSubjectAccessReview: yes, unless a fault forbids just that. */
function reviewAccess(faults: Faults, review: unknown): unknown {
  const spec = isRecord(review) && isRecord(review.spec) ? review.spec : {};
  const asked = isRecord(spec.resourceAttributes) ? spec.resourceAttributes : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const target = { group: text(asked.group), plural: text(asked.resource), verb: text(asked.verb), isContinued: false };
  const status = faults.forbids(target) ? { allowed: false, reason: 'forbidden by the demo' } : { allowed: true };
  return { kind: 'SelfSubjectAccessReview', apiVersion: 'authorization.k8s.io/v1', metadata: {}, spec, status };
}
