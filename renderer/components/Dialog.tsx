import { Dialog as Base } from '@base-ui/react/dialog';
import clsx from 'clsx';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { words } from '../words.ts';
import styles from './Dialog.module.css';
import { IconButton } from './IconButton.tsx';

/** Asks for something before anything else goes on. `actions` are buttons, the one that does it last. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  children,
  actions,
}: {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  actions: ReactNode;
}) {
  return (
    <Base.Root open={open} onOpenChange={isOpen => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={clsx(styles.backdrop)} />
        <Base.Viewport className={clsx(styles.viewport)}>
          <Base.Popup className={clsx(styles.popup)}>
            <div className={styles.head}>
              <Base.Title className={clsx(styles.title)}>{title}</Base.Title>
              <Base.Close render={<IconButton label={words.common.close} icon={X} />} />
            </div>
            {description ? (
              <Base.Description className={clsx(styles.description)}>{description}</Base.Description>
            ) : null}
            {children ? <div className={styles.body}>{children}</div> : null}
            <div className={styles.actions}>{actions}</div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
