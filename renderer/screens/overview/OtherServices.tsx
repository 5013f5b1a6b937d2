import { Server } from 'lucide-react';
import type { ServiceView } from '../../../preload/contract.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Group, Row } from '../../components/Group.tsx';
import { Section } from '../../components/Section.tsx';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';

const SHOWN = 6;

/** Addresses of Services besides Traefik's. */
export function OtherServices() {
  const services = useAppState(state => state.services);
  const traefik = useAppState(state => state.traefik.service);
  const others = services.filter(service => nameOf(service) !== traefik);
  if (others.length === 0) return null;
  const text = words.overview.services;
  const left = others.length - SHOWN;
  return (
    <Section title={text.title} count={others.length}>
      <Group label={text.title}>
        {others.slice(0, SHOWN).map(service => (
          <Service key={nameOf(service)} service={service} />
        ))}
        {left > 0 && <Row title={text.more(left)} />}
      </Group>
    </Section>
  );
}

function Service({ service }: { service: ServiceView }) {
  const address = service.addresses.join(', ');
  return (
    <Row
      icon={Server}
      title={<bdi>{service.name}</bdi>}
      detail={<bdi>{service.namespace}</bdi>}
      value={address === '' ? undefined : address}
      status={address === '' && words.overview.services.none}
      action={address !== '' && <CopyButton text={address} label={words.overview.services.copy(nameOf(service))} />}
    />
  );
}

function nameOf({ namespace, name }: ServiceView): string {
  return `${namespace}/${name}`;
}
