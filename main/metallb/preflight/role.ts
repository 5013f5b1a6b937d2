import type { Right } from './rights.ts';
import type { Engine, Finding } from './world.ts';

const ROLE = 'cluster-hosts-metallb';

/**
 * How somebody who may everything gives these rights; who the user is there, is not told to us. All that are needed, not
 * only those that are missing: what is applied takes the place of what was applied before.
 */
export function fixFor(engine: Engine, needed: readonly Right[]): NonNullable<Finding['fix']> {
  // A binding cannot be led to another role, hence two names.
  const objects =
    engine === 'helm'
      ? bindingOf(`${ROLE}-admin`, 'cluster-admin')
      : [...roleOf(needed), '---', ...bindingOf(ROLE, ROLE)];
  return {
    text: 'Use an administrator’s kubeconfig (K3s: /etc/rancher/k3s/k3s.yaml on a server), or have an administrator run this, with your user in place of USER:',
    lines: ["kubectl apply -f - <<'EOF'", ...objects, 'EOF'],
  };
}

/** A ClusterRole as YAML: rights of one group and verb are one rule. */
function roleOf(needed: readonly Right[]): readonly string[] {
  const rules = Map.groupBy(needed, ({ group, verb }) => JSON.stringify([group, verb]));
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

function bindingOf(name: string, role: string): readonly string[] {
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: ClusterRoleBinding',
    `metadata: {name: ${name}}`,
    `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role}}`,
    'subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: USER}]',
  ];
}
