import { Button, Group, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { notificationTypes } from '#src/domain/notification-types.ts';
import type { Schemas } from '../../api/client.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Due } from '../parts/Due.tsx';
import { Status } from '../parts/Status.tsx';
import styles from './case.module.css';
import type { StepName } from './case-steps.ts';
import { ToAnswer } from './ToAnswer.tsx';
import { texts } from './texts.ts';

// Who only reads does not load what can be done.
const CaseSteps = lazy(async () => ({ default: (await import('./CaseSteps.tsx')).CaseSteps }));

type Case = Schemas['Case'];

/** What a case is, where it stands, until when, and the one next thing to do. */
export function CaseHeader({ case: found }: { case: Case }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const isWaiting = found.status === 'received' || found.status === 'correcting';
  const [step, setStep] = useState<StepName>();
  const hasDraft = found.draftSavedAt !== null;
  return (
    <Group
      justify="space-between"
      align="flex-start"
      className={styles.header}
      data-overdue={found.isOverdue}
    >
      <Stack gap={2}>
        <Text fw={600} size="lg">
          {notificationTypes[found.notificationType].label[locale]}
        </Text>
        <Group gap="md">
          <Status status={found.status} hasDraft={hasDraft} isLate={found.answeredLate} />
          <span>
            {t.dueAt} <Due dueAt={found.dueAt} isWaiting={isWaiting} />
          </span>
        </Group>
        <Text size="sm" c="dimmed">
          {found.mid}-{found.sid} {found.merchantName} {found.serviceName}
        </Text>
      </Stack>
      <Group className="no-print">
        <Button variant="default" onClick={() => window.print()}>
          {t.print}
        </Button>
        {found.possibleActions.includes('register_answer') && <ToAnswer caseId={found.id} />}
        {(step || found.possibleActions.some((each) => each !== 'register_answer')) && (
          <Suspense>
            <CaseSteps case={found} step={step} onChoose={setStep} />
          </Suspense>
        )}
      </Group>
    </Group>
  );
}
