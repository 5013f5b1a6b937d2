import { Globe, Plus } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { NameRow } from '../../../preload/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { isWanted } from '../../names.ts';
import { useNames } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { AddName } from './AddName.tsx';
import styles from './Hostnames.module.css';
import { NamePanel } from './NamePanel.tsx';
import { NamesTable } from './NamesTable.tsx';
import { NoNames } from './NoNames.tsx';
import { PathUrls } from './PathUrls.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useSelection } from './use-selection.ts';
import { countByFilter, found, type Query } from './view.ts';

const EVERYTHING: Query = { filter: 'all', text: '' };

/** Every name that the cluster asks for or the user typed, and what becomes of it. */
export function Hostnames() {
  const names = useNames();
  const [query, setQuery] = useState(EVERYTHING);
  const [openId, setOpenId] = useState<string>();
  const sought = useDeferredValue(query);
  const rows = useMemo(() => found(names, sought), [names, sought]);
  const counts = useMemo(() => countByFilter(names), [names]);
  const selection = useSelection(rows);
  const open = names.find(({ id }) => id === openId);
  return (
    <>
      <Head names={names} />
      {names.length > 0 && <Toolbar query={query} counts={counts} found={rows.length} onChange={setQuery} />}
      {rows.length === 0 ? (
        <NoNames hasNames={names.length > 0} onClear={() => setQuery(EVERYTHING)} />
      ) : (
        <div className={styles.split} data-open={open !== undefined || undefined}>
          <NamesTable rows={rows} openId={openId} selection={selection} onOpen={setOpenId} />
          {open && <NamePanel key={open.id} row={open} onClose={() => close(open.id, setOpenId)} />}
        </div>
      )}
      <PathUrls />
      <SelectionBar selection={selection} />
    </>
  );
}

function Head({ names }: { names: readonly NameRow[] }) {
  const [isAdding, setAdding] = useState(false);
  const wanted = useMemo(() => names.filter(isWanted).length, [names]);
  return (
    <>
      <PageHeader
        icon={Globe}
        title={words.hostnames.title(wanted, names.length)}
        detail={words.hostnames.detail}
        action={
          <Button onClick={() => setAdding(true)}>
            <Icon of={Plus} />
            {words.hostnames.add}
          </Button>
        }
      />
      <AddName open={isAdding} onClose={() => setAdding(false)} />
    </>
  );
}

/** The focus goes back to where the panel was opened from. */
function close(id: string, setOpenId: (id: undefined) => void): void {
  document.getElementById(`name-${id}`)?.focus();
  setOpenId(undefined);
}
