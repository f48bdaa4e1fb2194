import { Button, Group, Stack, Text } from '@mantine/core';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import type { DraftKeeper, DraftState } from './draft-keeper.ts';
import { focusField } from './focus-field.ts';
import { labelOf } from './label-of.ts';
import { leafText } from './leaf-text.ts';
import { type Conflict, leafAt } from './merge-drafts.ts';
import { texts } from './texts.ts';

type Props = { state: DraftState; keeper: DraftKeeper; form: AnswerForm };

/** Asks about the fields that two people filled in differently; until then what was typed here stays. */
export function Conflicts({ state: { conflicts, content }, keeper, form }: Props) {
  const t = useTexts(texts);
  if (conflicts.length === 0) return null;
  return (
    <Notice kind="warning" title={t.conflicts}>
      <Stack gap="sm">
        <Text size="sm">{t.conflictsFirst}</Text>
        {conflicts.map((conflict) => (
          <Choice
            key={conflict.pointer}
            conflict={{ ...conflict, mine: leafAt(content, conflict.pointer) }}
            form={form}
            onTake={(whose) => {
              keeper.resolve(conflict, whose);
              requestAnimationFrame(() => focusField(conflict.pointer));
            }}
          />
        ))}
      </Stack>
    </Notice>
  );
}

type ChoiceProps = { conflict: Conflict; form: AnswerForm; onTake: (whose: 'mine' | 'theirs') => void };

function Choice({ conflict: { pointer, mine, theirs }, form, onTake }: ChoiceProps) {
  const t = useTexts(texts);
  const locale = useLocale();
  const shown = (value: unknown): string => leafText(form, pointer, value, locale) || t.empty;
  return (
    <div role="group" aria-label={labelOf(form, pointer, locale)}>
      <Text fw={600} size="sm">
        {labelOf(form, pointer, locale)}
      </Text>
      <Text size="sm" className="prewrap">
        {t.mine}: {shown(mine)}
      </Text>
      <Text size="sm" className="prewrap">
        {t.theirs}: {shown(theirs)}
      </Text>
      <Group gap="xs" mt={4}>
        <Button size="compact-sm" variant="default" onClick={() => onTake('mine')}>
          {t.useMine}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => onTake('theirs')}>
          {t.useTheirs}
        </Button>
      </Group>
    </div>
  );
}
