import { Button, Group, Stack, Text } from '@mantine/core';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import { showTime } from '#src/domain/days.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import type { DraftKeeper, DraftState } from './draft-keeper.ts';
import { labelOf } from './label-of.ts';
import { texts } from './texts.ts';

type Props = { state: DraftState; keeper: DraftKeeper; form: AnswerForm };

/** Tells of a colleague's save, and asks about the fields that both filled in differently. */
export function Conflicts({ state: { colleague, conflicts }, keeper, form }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const shown = (value: unknown): string =>
    typeof value === 'string' && value !== ''
      ? value
      : value === undefined || value === ''
        ? t.empty
        : JSON.stringify(value);
  return (
    <>
      {colleague && (
        <Notice kind="info" onClose={() => keeper.dismissColleague()}>
          {t.colleague(
            colleague.savedBy ?? t.somebody,
            colleague.savedAt ? showTime(new Date(colleague.savedAt)) : '',
          )}
        </Notice>
      )}
      {conflicts.length > 0 && (
        <Notice kind="warning" title={t.conflicts}>
          <Stack gap="sm">
            <Text size="sm">{t.conflictsFirst}</Text>
            {conflicts.map((conflict) => (
              <div key={conflict.pointer} role="group" aria-label={labelOf(form, conflict.pointer, locale)}>
                <Text fw={600} size="sm">
                  {labelOf(form, conflict.pointer, locale)}
                </Text>
                <Text size="sm">
                  {t.mine}: {shown(conflict.mine)}
                </Text>
                <Text size="sm">
                  {t.theirs}: {shown(conflict.theirs)}
                </Text>
                <Group gap="xs" mt={4}>
                  <Button
                    size="compact-sm"
                    variant="default"
                    onClick={() => keeper.resolve(conflict, 'mine')}
                  >
                    {t.useMine}
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="default"
                    onClick={() => keeper.resolve(conflict, 'theirs')}
                  >
                    {t.useTheirs}
                  </Button>
                </Group>
              </div>
            ))}
          </Stack>
        </Notice>
      )}
    </>
  );
}
