import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import type { DraftState } from './draft-keeper.ts';
import { labelOf } from './label-of.ts';
import { texts } from './texts.ts';
import type { Leaving } from './use-leaving.ts';

type Props = { leaving: Leaving; state: DraftState; form: AnswerForm };

/** Asks before something that was typed is lost, and names it. */
export function LeaveDialog({ leaving, state, form }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { status, error, notStorable } = state;
  return (
    <Modal
      opened={leaving !== undefined}
      onClose={() => leaving?.stay()}
      title={t.leaveTitle}
      closeButtonProps={{ 'aria-label': t.close }}
    >
      <Stack>
        {status === 'saved' ? (
          <>
            <Text>{t.leaveLoses}</Text>
            <List size="sm">
              {notStorable.map(({ pointer }) => (
                <List.Item key={pointer}>{labelOf(form, pointer, locale)}</List.Item>
              ))}
            </List>
          </>
        ) : (
          <Text>
            {t.leaveLosesAll} {error?.message}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => leaving?.leave()}>
            {t.leave}
          </Button>
          <Button onClick={() => leaving?.stay()} data-autofocus>
            {t.stay}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
