import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { type CSSProperties, type Ref, useRef } from 'react';
import type { FileView } from '../../../preload/contract.ts';
import { visible } from '../../visible.ts';
import { words } from '../../words.ts';
import styles from './HostsFile.module.css';

type Line = FileView['lines'][number];

/** From here on only what can be seen is drawn. */
const MANY = 500;

const LINE_PX = 20;

/** Lines of a file with their numbers; ours have a mark at their start, and words for who cannot see it. */
export function FileLines({ lines, label }: { lines: readonly Line[]; label: string }) {
  if (lines.length > MANY) return <ManyLines lines={lines} label={label} />;
  return (
    <ol className={styles.lines} aria-label={label}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a file have nothing else, and may be the same.
        <FileLine key={index} line={line} index={index} />
      ))}
    </ol>
  );
}

function ManyLines({ lines, label }: { lines: readonly Line[]; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section ref={box} className={styles.window} aria-label={label} tabIndex={0}>
      <ol className={styles.tall} style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const line = lines[index];
          return line === undefined ? null : (
            <FileLine
              key={key}
              ref={virtual.measureElement}
              line={line}
              index={index}
              of={lines.length}
              style={{ translate: `0 ${start}px` }}
            />
          );
        })}
      </ol>
    </section>
  );
}

function FileLine({
  line,
  index,
  of,
  style,
  ref,
}: {
  line: Line;
  index: number;
  of?: number;
  style?: CSSProperties;
  ref?: Ref<HTMLLIElement>;
}) {
  return (
    <li
      ref={ref}
      data-index={index}
      className={clsx(styles.line, line.ours && styles.ours)}
      style={style}
      aria-setsize={of}
      aria-posinset={of === undefined ? undefined : index + 1}
    >
      <span className={styles.number} aria-hidden={true}>
        {index + 1}
      </span>
      <span className={styles.lineText}>
        {line.ours && <span className="visually-hidden">{words.hostsFile.file.ours}</span>}
        <bdi>{visible(line.text)}</bdi>
      </span>
    </li>
  );
}
