/** A dialog takes the page over: focus stays in it, Escape leaves it, focus returns to where it was. */
import { useState, type ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useSay } from '../i18n/Language.tsx';
import { Button } from './Button.tsx';

interface DialogProps {
  readonly open: boolean;
  onClose(): void;
  readonly title: ReactNode;
  readonly children: ReactNode;
  /** The buttons, the main one last; *Close* is added when it is left out. */
  readonly actions?: ReactNode;
  /** `page` for reading in full, `note` for a question. */
  readonly size?: 'note' | 'page';
  /** True while something is being written: the dialog cannot be left by accident. */
  readonly busy?: boolean;
}

export function Dialog({ open, onClose, title, children, actions, size = 'note', busy = false }: DialogProps) {
  const say = useSay();
  return (
    <ModalOverlay className="veil" isOpen={open} isDismissable={!busy} isKeyboardDismissDisabled={busy} onOpenChange={(isOpen) => { if (!isOpen) onClose(); }}>
      <Modal className="modal" data-size={size}>
        <AriaDialog className="dialog">
          <Heading slot="title" className="dialog-title">{title}</Heading>
          <div className="dialog-body">{children}</div>
          <div className="dialog-actions">{actions ?? <Button onPress={onClose}>{say('kit.close')}</Button>}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmProps {
  readonly open: boolean;
  onClose(): void;
  readonly title: string;
  /** What will be so afterwards, and whether it can be undone. */
  readonly children: ReactNode;
  /** The verb of the act itself, never "OK". */
  readonly verb: string;
  /** Resolves when done; the dialog closes on true. */
  onConfirm(): Promise<boolean>;
  readonly disabled?: boolean;
}

/** A question before an act that stays. The answer names the act. */
export function Confirm({ open, onClose, title, children, verb, onConfirm, disabled = false }: ConfirmProps) {
  const say = useSay();
  const [busy, setBusy] = useState(false);
  async function confirm(): Promise<void> {
    setBusy(true);
    const done = await onConfirm().finally(() => setBusy(false));
    if (done) onClose();
  }
  return (
    <Dialog open={open} onClose={onClose} title={title} busy={busy}
      actions={<>
        <Button onPress={onClose} isDisabled={busy}>{say('kit.cancel')}</Button>
        <Button weight="primary" isPending={busy} isDisabled={disabled} onPress={() => void confirm()}>{verb}</Button>
      </>}>
      {children}
    </Dialog>
  );
}
