import type { Connection } from '../../../main/cluster/connection.ts';
import type { Demo } from '../../../main/demo/demo.ts';
import { AppError } from '../../../main/errors.ts';
import { Metallb, type MetallbOptions } from '../../../main/metallb/metallb.ts';
import { HOME, quietNetwork } from '../../../main/probe/quiet-network.ts';
import { hastyClock } from './hasty-clock.ts';

/** MetalLB in the demo's cluster, with nothing but the demo to talk to. */
export function metallbOf(demo: Demo, connection: Connection, more: Partial<MetallbOptions> = {}): Metallb {
  return new Metallb({
    ...{ connection, dial: demo.dial, network: quietNetwork(HOME), repository: '', engine: 'auto' },
    helm: { kubeconfigs: '', context: '', env: {} },
    ...{ server: '10.0.0.60:6443', hostname: 'turing-cluster.local' },
    hosts: { way: 'direct', reason: 'It may be written.', path: '/etc/hosts' },
    explain: async error => new AppError('server', String(error), 'Try again.'),
    ...{ signal: new AbortController().signal, clock: hastyClock },
    ...more,
  });
}
