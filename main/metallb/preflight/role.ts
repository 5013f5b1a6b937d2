import type { Right } from './rights.ts';
import type { Engine, Finding } from './world.ts';

const ROLE = 'cluster-hosts-metallb';

/** How somebody who may everything gives the rights that are missing; who the user is there, is not told to us. */
export function fixFor(engine: Engine, missing: readonly Right[]): NonNullable<Finding['fix']> {
  const bind = (role: string) => `kubectl create clusterrolebinding ${ROLE} --clusterrole=${role} --user=USER`;
  if (engine === 'helm') {
    return {
      text: 'Use an administrator’s kubeconfig (K3s: /etc/rancher/k3s/k3s.yaml on a server), or have an administrator run this, with your user in place of USER:',
      lines: [bind('cluster-admin')],
    };
  }
  return {
    text: 'Use an administrator’s kubeconfig (K3s: /etc/rancher/k3s/k3s.yaml on a server), or have an administrator run this, with your user in place of USER:',
    lines: ["kubectl apply -f - <<'EOF'", ...roleOf(missing), 'EOF', bind(ROLE)],
  };
}

/** A ClusterRole as YAML: rights of one group and verb are one rule. */
function roleOf(missing: readonly Right[]): readonly string[] {
  const rules = Map.groupBy(missing, ({ group, verb }) => JSON.stringify([group, verb]));
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: ClusterRole',
    `metadata: {name: ${ROLE}}`,
    'rules:',
    ...[...rules].map(([key, some]) => {
      const [group = '', verb = ''] = JSON.parse(key) as string[];
      const resources = [...new Set(some.map(({ resource }) => resource))].join(', ');
      return `  - {apiGroups: ["${group}"], resources: [${resources}], verbs: [${verb}]}`;
    }),
  ];
}
