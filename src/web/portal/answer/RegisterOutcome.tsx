import { Button, List, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { showInstant } from '#src/domain/days.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { texts } from './texts.ts';
import type { Register } from './use-register.ts';

type Props = { caseId: string; register: Register };

/** What became of 登録 when it was not simply done: the truth, and the way on. */
export function RegisterOutcome({ caseId, register: { isAskingAgain, isPending, error, start } }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  if (isAskingAgain) return <Notice kind="info">{t.checking}</Notice>;
  if (isPending || !error) return null;
  if (error.code === 'offline' || error.code === 'unavailable') {
    return (
      <Notice kind="error">
        <Stack align="flex-start">
          {t.unknown}
          <Button variant="default" onClick={start}>
            {t.tryAgain}
          </Button>
        </Stack>
      </Notice>
    );
  }
  const { registeredBy, registeredAt } = error.facts;
  const isAnswered = error.code === 'already_answered' && typeof registeredAt === 'string';
  return (
    <Notice kind="error">
      <Stack align="flex-start">
        {isAnswered
          ? t.alreadyAnswered(String(registeredBy ?? t.somebody), showInstant(new Date(registeredAt), locale))
          : error.message}
        {error.errors.length > 0 && (
          <List size="sm">
            {error.errors.map(({ pointer, detail }) => (
              <List.Item key={pointer}>{detail}</List.Item>
            ))}
          </List>
        )}
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/cases/$caseId" params={{ caseId }} {...props} />}
        >
          {t.showCase}
        </Button>
      </Stack>
    </Notice>
  );
}
