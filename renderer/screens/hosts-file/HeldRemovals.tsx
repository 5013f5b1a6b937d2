import { useState } from 'react';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { words } from '../../words.ts';
import type { Change } from './ChangeList.tsx';
import type { Write } from './use-write.ts';

/** Removals that the guard holds back, and the yes of their own that they wait for. */
export function HeldRemovals({ held, changes, write }: { held: string; changes: readonly Change[]; write: Write }) {
  const [asking, setAsking] = useState(false);
  const removals = changes.filter(({ state }) => state === 'remove').length;
  return (
    <>
      <Banner
        tone="warn"
        title={words.hostsFile.held.title}
        text={
          <>
            <p>{held}</p>
            <p>{words.hostsFile.held.text}</p>
          </>
        }
        action={
          <Button variant="danger" busy={write.busy} onClick={() => setAsking(true)}>
            {words.hostsFile.held.remove}
          </Button>
        }
      />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.hostsFile.held.confirmTitle(removals)}
        text={words.hostsFile.held.confirmText}
        confirm={words.hostsFile.held.confirm}
        danger
        onConfirm={() => write.start(true)}
      />
    </>
  );
}
