/** What the bed reads of a pod. */
export interface Pod {
  readonly metadata: {
    readonly uid: string;
    readonly name: string;
    readonly namespace: string;
    readonly deletionTimestamp?: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly nodeName?: string;
    readonly serviceAccountName: string;
    readonly containers: readonly Container[];
    readonly volumes?: readonly { readonly name: string; readonly secret?: { readonly secretName: string } }[];
  };
  readonly status: { readonly phase?: string; readonly podIP?: string; readonly hostIP?: string };
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
  }[];
}

export interface PodList {
  readonly items: readonly Pod[];
}

export function containerOf(pod: Pod, name: string): Container {
  const container = pod.spec.containers.find(candidate => candidate.name === name);
  if (container === undefined) throw new Error(`Pod ${pod.metadata.name} has no container ${name}.`);
  return container;
}

/** A container's environment as a kubelet makes it; of references, those to the pod's own fields. */
export function environmentOf(pod: Pod, container: Container): Record<string, string> {
  const fields: Readonly<Record<string, string | undefined>> = {
    'metadata.name': pod.metadata.name,
    'metadata.namespace': pod.metadata.namespace,
    'spec.nodeName': pod.spec.nodeName,
    'status.hostIP': pod.status.hostIP,
    'status.podIP': pod.status.podIP,
  };
  const values = (container.env ?? []).map(({ name, value, valueFrom }) => {
    return [name, value ?? fields[valueFrom?.fieldRef?.fieldPath ?? ''] ?? ''] as const;
  });
  return Object.fromEntries(values);
}
