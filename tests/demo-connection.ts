import { load } from 'js-yaml';
import type { Access } from '../main/cluster/authenticate.ts';
import { Connection } from '../main/cluster/connection.ts';
import type { Demo } from '../main/demo/demo.ts';

/** A connection to the demo. */
export function connectTo(demo: Pick<Demo, 'kubeconfig'>, patienceMs?: number): Connection {
  const access = accessTo(demo);
  return new Connection({ access: async () => access }, patienceMs);
}

/** The server, the token and the certificate of the demo's kubeconfig. */
export function accessTo(demo: Pick<Demo, 'kubeconfig'>): Access {
  const { clusters, users } = load(demo.kubeconfig) as {
    clusters: [{ cluster: { server: string; 'certificate-authority-data': string } }];
    users: [{ user: { token: string } }];
  };
  const [{ cluster }] = clusters;
  return {
    server: new URL(cluster.server),
    headers: { Authorization: `Bearer ${users[0].user.token}` },
    tls: { ca: Buffer.from(cluster['certificate-authority-data'], 'base64').toString(), rejectUnauthorized: true },
    agent: undefined,
  };
}
