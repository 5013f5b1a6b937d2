import { SearchX } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FirstIngress } from '../../components/FirstIngress.tsx';
import { words } from '../../words.ts';

/** No row to show, because there is none or because of what is asked for. */
export function NoNames({ hasNames, onClear }: { hasNames: boolean; onClear: () => void }) {
  const text = words.hostnames.empty;
  return hasNames ? (
    <EmptyState
      icon={SearchX}
      title={text.noMatch}
      text={text.noMatchText}
      action={<Button onClick={onClear}>{text.clear}</Button>}
    />
  ) : (
    <FirstIngress />
  );
}
