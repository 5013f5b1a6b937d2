import { Layers } from 'lucide-react';
import type { MetallbView } from '../../../preload/contract.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Group } from '../../components/Group.tsx';
import { Meter } from '../../components/Meter.tsx';
import { Section } from '../../components/Section.tsx';
import { words } from '../../words.ts';
import styles from './LoadBalancer.module.css';

type Pool = MetallbView['pools'][number];

/** What addresses there are to give, and how many are given. */
export function Pools({ metallb: { state, pools } }: { metallb: MetallbView }) {
  const isExpected = state === 'ready' || state === 'degraded' || state === 'installing';
  if (pools.length === 0 && !isExpected) return null;
  return (
    <Section title={words.loadBalancer.pools} count={pools.length}>
      {pools.length === 0 ? (
        <EmptyState icon={Layers} title={words.loadBalancer.noPools} text={words.loadBalancer.noPoolsText} />
      ) : (
        <Group label={words.loadBalancer.pools}>
          {pools.map(pool => (
            <PoolRow key={pool.name} pool={pool} />
          ))}
        </Group>
      )}
    </Section>
  );
}

function PoolRow({ pool: { name, ranges, used, total } }: { pool: Pool }) {
  const isFull = used !== null && total !== null && used >= total;
  return (
    <li className={styles.pool}>
      <div className={styles.poolText}>
        <bdi className={styles.name}>{name}</bdi>
        {ranges.map(range => (
          <bdi key={range} className={styles.range}>
            {range}
          </bdi>
        ))}
      </div>
      <div className={styles.use}>
        {used !== null && total !== null && (
          <Meter value={used} max={total} label={words.loadBalancer.poolMeter(name)} />
        )}
        <span className={isFull ? styles.full : undefined}>{useOf(used, total)}</span>
      </div>
    </li>
  );
}

function useOf(used: number | null, total: number | null): string {
  if (used === null) return words.loadBalancer.usedUnknown;
  if (total === null) return words.loadBalancer.usedOnly(used);
  return used >= total ? words.loadBalancer.full(used, total) : words.loadBalancer.used(used, total);
}
