import { Boxes } from 'lucide-react';
import type { MetallbView, ServiceView } from '../../../preload/contract.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Group } from '../../components/Group.tsx';
import { Section } from '../../components/Section.tsx';
import { StatusDot } from '../../components/StatusDot.tsx';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import styles from './LoadBalancer.module.css';

const SHOWN = 100;

/** Services that ask for an address of their own, the one they have, and the nodes that answer for it. */
export function Services({ announcers }: { announcers: MetallbView['announcers'] }) {
  const services = useAppState(state => state.services);
  const more = services.length - SHOWN;
  return (
    <Section title={words.loadBalancer.services} count={services.length}>
      {services.length === 0 ? (
        <EmptyState icon={Boxes} title={words.loadBalancer.noServices} text={words.loadBalancer.noServicesText} />
      ) : (
        <Group label={words.loadBalancer.services}>
          {services.slice(0, SHOWN).map(service => (
            <ServiceRow
              key={`${service.namespace}/${service.name}`}
              service={service}
              nodes={nodesOf(service, announcers)}
            />
          ))}
          {more > 0 && <li className={styles.more}>{words.loadBalancer.moreServices(more)}</li>}
        </Group>
      )}
    </Section>
  );
}

function nodesOf({ namespace, name }: ServiceView, announcers: MetallbView['announcers']): readonly string[] {
  return announcers.filter(({ service }) => service === `${namespace}/${name}`).map(({ node }) => node);
}

function ServiceRow({
  service: { namespace, name, addresses },
  nodes,
}: {
  service: ServiceView;
  nodes: readonly string[];
}) {
  return (
    <li className={styles.service}>
      <div className={styles.serviceText}>
        <bdi className={styles.name}>{name}</bdi>
        <span className={styles.namespace}>
          <bdi>{namespace}</bdi>
          {nodes.length > 0 && <bdi>{words.loadBalancer.answered(nodes)}</bdi>}
        </span>
      </div>
      {addresses.length === 0 && <StatusDot tone="warn">{words.loadBalancer.noAddress}</StatusDot>}
      <div className={styles.addresses}>
        {addresses.map(address => (
          <span key={address} className={styles.address}>
            <bdi>{address}</bdi>
            <CopyButton text={address} label={words.loadBalancer.copyAddress(address)} />
          </span>
        ))}
      </div>
    </li>
  );
}
