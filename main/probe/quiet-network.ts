import { isInNetwork } from './ip.ts';
import type { Network, Surroundings } from './network.ts';

/** A computer at home, in the network that the simulated cluster is in. */
export const HOME: Surroundings = {
  own: [{ interface: 'eth0', address: '10.0.0.5', family: 4, prefix: 24, tunnel: false, wireless: false }],
  gateways: ['10.0.0.1'],
};

/** A network that nothing is ever sent to, for a simulated cluster: nobody is found in it. */
export function quietNetwork(surroundings: Surroundings): Network {
  return {
    surroundings: async () => surroundings,
    occupied: async () => new Map(),
    hardwareAddress: async () => '',
    wayTo: async address => surroundings.own.find(own => isInNetwork(own, address)),
  };
}
