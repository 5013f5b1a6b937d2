import type { ReactNode } from 'react';
import { words } from '../words.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

/** The question before something that is hard to take back; `confirm` is the verb, not "OK". */
export function ConfirmDialog({
  open,
  onClose,
  title,
  text,
  confirm,
  danger = false,
  onConfirm,
}: {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  text: ReactNode;
  confirm: string;
  danger?: boolean;
  onConfirm: () => void;
}) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      description={text}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button
            variant={danger ? 'danger' : 'primary'}
            onClick={() => {
              onClose();
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </>
      }
    />
  );
}
