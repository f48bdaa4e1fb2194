import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { api, unwrap } from '../../../api/client.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ContactForm } from './ContactForm.tsx';
import { type Contact, useContactChange } from './contact-queries.ts';
import { texts } from './texts.ts';

export type ContactStep =
  | { kind: 'add'; mid: string }
  | { kind: 'edit' | 'remove'; mid: string; contact: Contact };

type Props = { step: ContactStep | undefined; onClose: () => void };

/** One dialog at a time: a new contact, a change, or a removal. */
export function ContactDialogs({ step, onClose }: Props) {
  const t = useTexts(texts);
  const titles = { add: t.add, edit: t.editTitle, remove: t.removeTitle };
  return (
    <Modal
      opened={step !== undefined}
      onClose={onClose}
      title={step && titles[step.kind]}
      size="lg"
      closeButtonProps={{ 'aria-label': t.close }}
    >
      {step?.kind === 'add' && <ContactForm mid={step.mid} onClose={onClose} />}
      {step?.kind === 'edit' && <ContactForm mid={step.mid} contact={step.contact} onClose={onClose} />}
      {step?.kind === 'remove' && <RemoveForm contact={step.contact} onClose={onClose} />}
    </Modal>
  );
}

function RemoveForm({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const t = useTexts(texts);
  const remove = useContactChange(() =>
    unwrap(
      api.DELETE('/api/v1/contacts/{contactId}', {
        params: { path: { contactId: contact.id }, header: { 'if-match': `"${contact.version}"` } },
      }),
    ),
  );
  return (
    <Stack>
      {remove.error && <Notice kind="error">{remove.error.message}</Notice>}
      <Text>{t.removeText(contact.email)}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t.cancel}
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate(undefined, { onSuccess: onClose })}
        >
          {t.removeDo}
        </Button>
      </Group>
    </Stack>
  );
}
