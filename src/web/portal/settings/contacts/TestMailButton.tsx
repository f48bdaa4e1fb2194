import { Button, Text } from '@mantine/core';
import { api, unwrap } from '../../../api/client.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { type Contact, useContactChange } from './contact-queries.ts';
import { texts } from './texts.ts';

/** Sends a mail that shows whether an address takes mails, and says that it is on its way. */
export function TestMailButton({ contact }: { contact: Contact }) {
  const t = useTexts(texts);
  const test = useContactChange((key: string) =>
    unwrap(
      api.POST('/api/v1/contacts/{contactId}/test-mails', {
        params: { path: { contactId: contact.id }, header: { 'idempotency-key': key } },
      }),
    ),
  );
  const said = test.error?.message ?? (test.isSuccess ? t.testSent : '');
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`${t.test}: ${contact.email}`}
        loading={test.isPending}
        onClick={() => test.mutate(crypto.randomUUID())}
      >
        {t.test}
      </Button>
      <Text size="sm" role="status" c={test.error ? 'red.8' : 'dimmed'} {...(said && { w: '100%' })}>
        {said}
      </Text>
    </>
  );
}
