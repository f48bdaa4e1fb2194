import { Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { isProblem } from '../../api/problem-error.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { shownWhen } from '../parts/shown-when.ts';
import styles from './answer.module.css';
import type { DraftState } from './draft-keeper.ts';
import { texts } from './texts.ts';

type Props = { caseId: string; state: DraftState; onRetry: () => void };

/** The case can take no draft any more, so trying again would not help. */
const closed = ['already_answered', 'case_expired', 'action_not_possible', 'not_permitted', 'case_not_found'];

/** Whether what was typed is safe, in words, and since when. */
export function SaveState({ caseId, state: { status, saved, error, notStorable }, onRetry }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const words = {
    saved: saved.savedAt ? t.saved(shownWhen(saved.savedAt, locale)) : t.neverSaved,
    changed: t.changed,
    saving: t.saving,
    failed: `${t.failed} ${error?.message ?? ''}`,
  };
  const isPartly = status === 'saved' && notStorable.length > 0;
  return (
    <Group gap="sm" className={styles.saveState ?? ''}>
      <Text
        size="sm"
        role="status"
        c={status === 'failed' || isPartly ? 'var(--mantine-color-error)' : 'dimmed'}
      >
        {words[status]}
        {isPartly && ` ${t.notStorable(notStorable.length)}`}
      </Text>
      {status === 'failed' &&
        (isProblem(error, ...closed) ? (
          <Button
            size="compact-sm"
            variant="default"
            renderRoot={(props) => <Link to="/cases/$caseId" params={{ caseId }} {...props} />}
          >
            {t.showCase}
          </Button>
        ) : (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            {t.retry}
          </Button>
        ))}
    </Group>
  );
}
