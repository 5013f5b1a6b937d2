import { Globe } from 'lucide-react';
import { useAppState } from '../use-app-state.ts';
import { words } from '../words.ts';
import { CopyButton } from './CopyButton.tsx';
import { EmptyState } from './EmptyState.tsx';
import styles from './FirstIngress.module.css';

/** How a first name comes about: a command that makes an Ingress. */
export function FirstIngress() {
  const domain = useAppState(state => state.cluster?.domain ?? '');
  const { title, text, copy, command } = words.common.firstIngress;
  const example = command(domain);
  return (
    <EmptyState
      icon={Globe}
      title={title}
      text={text}
      action={
        <div className={styles.example}>
          <code className={styles.command}>{example}</code>
          <CopyButton text={example} label={copy} />
        </div>
      }
    />
  );
}
