import { Meter as Base } from '@base-ui/react/meter';
import clsx from 'clsx';
import { words } from '../words.ts';
import styles from './Meter.module.css';

/** How much of something limited is used. */
export function Meter({ value, max, label }: { value: number; max: number; label: string }) {
  return (
    <Base.Root
      value={value}
      max={Math.max(max, 1)}
      aria-label={label}
      getAriaValueText={() => words.common.usedOf(value, max)}
      className={clsx(styles.meter)}
    >
      <Base.Track className={clsx(styles.track)}>
        <Base.Indicator className={clsx(styles.indicator, value >= max && styles.full)} />
      </Base.Track>
    </Base.Root>
  );
}
