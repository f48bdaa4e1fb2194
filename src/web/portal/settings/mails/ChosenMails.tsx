import { Button, Checkbox, Group, List, Stack, Text } from '@mantine/core';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import {
  mailCalls,
  mostMailsAtOnce,
  type SendingResult,
  type UndeliveredMail,
  useMailChange,
} from './mails-api.ts';
import { texts } from './texts.ts';

type Props = {
  mails: readonly UndeliveredMail[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
};

/** What can be done about the chosen mails, and what came of it. */
export function ChosenMails({ mails, chosen, onChoose }: Props) {
  const t = useTexts(texts);
  const sending = useMailChange(mailCalls.sendAgain);
  const settling = useMailChange(mailCalls.settle);
  const first = mails.slice(0, mostMailsAtOnce);
  const areAll = first.length > 0 && first.every(({ id }) => chosen.has(id));
  const isBusy = sending.isPending || settling.isPending;
  const act = ({ mutate }: typeof sending | typeof settling, other: { reset: () => void }): void => {
    other.reset();
    mutate([...chosen]);
  };
  return (
    <Stack gap="sm">
      {mails.length > 0 && (
        <Group gap="md">
          <Checkbox
            label={t.all}
            checked={areAll}
            indeterminate={!areAll && chosen.size > 0}
            onChange={() => onChoose(new Set(areAll ? [] : first.map(({ id }) => id)))}
          />
          <Text size="sm" c="dimmed" miw="8em">
            {t.chosen(chosen.size)}
          </Text>
          <Group gap="sm" wrap="nowrap">
            <Button
              loading={sending.isPending}
              disabled={chosen.size === 0 || isBusy}
              onClick={() => act(sending, settling)}
            >
              {t.sendAgain}
            </Button>
            <Button
              variant="default"
              loading={settling.isPending}
              disabled={chosen.size === 0 || isBusy}
              onClick={() => act(settling, sending)}
            >
              {t.settle}
            </Button>
          </Group>
        </Group>
      )}
      {(sending.error ?? settling.error) && (
        <Notice kind="error">{(sending.error ?? settling.error)?.message}</Notice>
      )}
      {sending.data && <Outcome results={sending.data.results} />}
      {settling.data && <Notice kind="success">{t.settled(settling.data.settled.length)}</Notice>}
    </Stack>
  );
}

/** How many were sent, and of those that were not, why. */
function Outcome({ results }: { results: readonly SendingResult[] }) {
  const t = useTexts(texts);
  const sent = results.filter(({ outcome }) => outcome === 'sent_again').length;
  const reasons = results.flatMap(({ outcome }) => (outcome === 'sent_again' ? [] : [t.why[outcome]]));
  return (
    <Notice kind={reasons.length === 0 ? 'success' : 'warning'}>
      {sent > 0 && <Text size="sm">{t.sent(sent)}</Text>}
      {reasons.length > 0 && (
        <>
          <Text size="sm">{t.notSent(reasons.length)}</Text>
          <List size="sm">
            {[...new Set(reasons)].map((reason) => (
              <List.Item key={reason}>{reason}</List.Item>
            ))}
          </List>
        </>
      )}
    </Notice>
  );
}
