import { useEffect } from 'react';
import { announce } from '../../announce.ts';
import { Select } from '../../components/Select.tsx';
import { TextField } from '../../components/TextField.tsx';
import { words } from '../../words.ts';
import styles from './Toolbar.module.css';
import type { Filter, Query } from './view.ts';

const FILTERS: readonly Filter[] = ['all', 'synced', 'unsynced', 'conflicts', 'consent'];
const TYPING_MS = 600;

/** Search and filter; how many rows are left is said when the typing stops. */
export function Toolbar({
  query,
  counts,
  found,
  onChange,
}: {
  query: Query;
  counts: Readonly<Record<Filter, number>>;
  found: number;
  onChange: (query: Query) => void;
}) {
  const text = words.hostnames.filter;
  const isAsking = query.text !== '' || query.filter !== 'all';
  useEffect(() => {
    if (!isAsking) return;
    const timer = setTimeout(() => announce(words.hostnames.found(found)), TYPING_MS);
    return () => clearTimeout(timer);
  }, [isAsking, found]);
  return (
    <search className={styles.toolbar}>
      <div className={styles.search}>
        <TextField
          type="search"
          label={words.hostnames.search}
          placeholder={words.hostnames.search}
          hideLabel={true}
          value={query.text}
          onChange={value => onChange({ ...query, text: value })}
        />
      </div>
      <Select
        label={text.label}
        hideLabel={true}
        value={query.filter}
        options={FILTERS.map(filter => ({ value: filter, label: text.counted(text[filter], counts[filter]) }))}
        onChange={filter => onChange({ ...query, filter })}
      />
    </search>
  );
}
