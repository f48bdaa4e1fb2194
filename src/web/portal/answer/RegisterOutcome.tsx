import { Button, List, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { showInstant } from '#src/domain/days.ts';
import type { ProblemError } from '../../api/problem-error.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { texts } from './texts.ts';
import type { Register } from './use-register.ts';

type Props = { caseId: string; register: Register; onTryAgain: () => void };

/** What became of 登録 when it was not simply done: the truth, and the way on. */
export function RegisterOutcome({ caseId, register: { isPending, error, lookAgain }, onTryAgain }: Props) {
  const t = useTexts(texts);
  if (isPending || !error) return null;
  switch (error.code) {
    case 'offline':
    case 'unavailable':
      return (
        <Outcome words={t.unknown}>
          <Button variant="default" onClick={onTryAgain}>
            {t.tryAgain}
          </Button>
        </Outcome>
      );
    case 'draft_changed':
      return (
        <Outcome words={error.message}>
          <Button variant="default" onClick={lookAgain}>
            {t.lookAgain}
          </Button>
        </Outcome>
      );
    default:
      return <Refused caseId={caseId} error={error} />;
  }
}

function Refused({ caseId, error }: { caseId: string; error: ProblemError }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { registeredBy, registeredAt } = error.facts;
  const isAnswered = error.code === 'already_answered' && typeof registeredAt === 'string';
  const words = isAnswered
    ? t.alreadyAnswered(String(registeredBy ?? t.somebody), showInstant(new Date(registeredAt), locale))
    : error.message;
  return (
    <Outcome words={words}>
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
    </Outcome>
  );
}

const Outcome = ({ words, children }: { words: string; children: ReactNode }) => (
  <Notice kind="error">
    <Stack align="flex-start">
      {words}
      {children}
    </Stack>
  </Notice>
);
