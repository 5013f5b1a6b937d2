import type { OwnAddress, Surroundings } from '../probe/network.ts';
import type { LoadBalancerFacts, Survey } from './survey.ts';

/** Why an address may not answer; `sentence` says what is so, `wayOut` what to do. Both made plain. */
export interface Cause {
  readonly id:
    | 'no-advertisement'
    | 'node-excluded'
    | 'no-endpoint'
    | 'no-announcer'
    | 'taken'
    | 'other-network'
    | 'vpn'
    | 'firewall';
  readonly sentence: string;
  readonly wayOut: string;
}

/** What is known of an address that does not answer, in the cluster and from here. */
export interface UnreachableFacts {
  readonly address: string;
  /** The Service that has it; `undefined` where none has. */
  readonly service: LoadBalancerFacts | undefined;
  readonly survey: Pick<Survey, 'nodes' | 'pools' | 'advertisements' | 'announcers' | 'forbidden' | 'metallb'>;
  /** How many of its endpoints are ready; `undefined` where that cannot be told. */
  readonly readyEndpoints: number | undefined;
  readonly surroundings: Surroundings;
  /** The own address that packets to it leave from. */
  readonly way: OwnAddress | undefined;
  /** Who answers ARP for it; `''` for nobody that is known. */
  readonly hardwareAddress: string;
  /** Hardware addresses by the name of the node; those that are known. */
  readonly nodeHardware: ReadonlyMap<string, string>;
}

/** One cause that may be looked for; `undefined` where the facts do not speak for it. */
export type Look = (facts: UnreachableFacts) => Cause | undefined;

/** `namespace/name`; `''` for no Service. */
export const keyOf = (service: LoadBalancerFacts | undefined): string =>
  service === undefined ? '' : `${service.namespace}/${service.name}`;
