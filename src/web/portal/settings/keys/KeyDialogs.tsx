import { Modal } from '@mantine/core';
import { useTexts } from '../../../ui/locale.tsx';
import { KeySecret } from './KeySecret.tsx';
import type { KeyStep } from './key-step.ts';
import { NewKeyForm } from './NewKeyForm.tsx';
import { RenameForm } from './RenameForm.tsx';
import { RevokeForm } from './RevokeForm.tsx';
import { RotateForm } from './RotateForm.tsx';
import { texts } from './texts.ts';

type Props = { step: KeyStep | undefined; onStep: (step: KeyStep | undefined) => void };

/** One dialog at a time. That with the key closes only by its button, so that a stray click does not lose it. */
export function KeyDialogs({ step, onStep }: Props) {
  const t = useTexts(texts);
  const titles = {
    create: t.create,
    rename: t.rename,
    rotate: t.rotateTitle,
    revoke: t.revokeTitle,
    secret: t.secretTitle,
  };
  const close = (): void => onStep(undefined);
  const isSecret = step?.kind === 'secret';
  return (
    <Modal
      opened={step !== undefined}
      onClose={close}
      title={step && titles[step.kind]}
      size="lg"
      closeOnClickOutside={!isSecret}
      closeOnEscape={!isSecret}
      withCloseButton={!isSecret}
      closeButtonProps={{ 'aria-label': t.close }}
    >
      {step?.kind === 'create' && <NewKeyForm owner={step.owner} onStep={onStep} />}
      {step?.kind === 'rotate' && <RotateForm apiKey={step.apiKey} onStep={onStep} />}
      {step?.kind === 'rename' && <RenameForm apiKey={step.apiKey} onClose={close} />}
      {step?.kind === 'revoke' && <RevokeForm apiKey={step.apiKey} onClose={close} />}
      {step?.kind === 'secret' && <KeySecret secret={step.secret} onClose={close} />}
    </Modal>
  );
}
