import { Button, Group, Modal, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { showInstant } from '#src/domain/days.ts';
import { api, type Schemas, unwrap } from '../../api/client.ts';
import { caseRetentionQuery } from '../../api/retention.ts';
import { useSession } from '../../api/session.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import styles from './case.module.css';
import { ReasonForm } from './ReasonForm.tsx';
import { retentionTexts } from './retention-texts.ts';
import { texts } from './texts.ts';

/** For operators: until when the personal data of a case is kept, the legal hold on it, and putting or lifting one. */
export function CaseRetention({ caseId }: { caseId: string }) {
  const t = useTexts(retentionTexts);
  const { user } = useSession();
  const { data, error } = useQuery(caseRetentionQuery(caseId));
  if (!data) return error && <Text c="dimmed">{error.message}</Text>;
  if (data.erasedAt !== null) return null;
  return (
    <Group
      component="section"
      className={styles.retention ?? ''}
      justify="space-between"
      aria-label={t.retention}
    >
      <Kept retention={data} />
      {user.rights.includes('manage_retention') && <HoldButton caseId={caseId} isHeld={data.hold !== null} />}
    </Group>
  );
}

function Kept({ retention: { hold, keptUntil } }: { retention: Schemas['CaseRetention'] }) {
  const t = useTexts(retentionTexts);
  const locale = useLocale();
  const shown = (instant: string): string => showInstant(new Date(instant), locale);
  return (
    <div>
      <Text size="sm">
        {t.retention}: {keptUntil ? t.keptUntil(shown(keptUntil)) : t.keptWhileOpen}
      </Text>
      {hold && (
        <>
          <Text size="sm" fw={600}>
            {t.held(hold.putBy ?? t.somebody, shown(hold.putAt))}
          </Text>
          <Text size="sm" className="prewrap">
            {hold.reason}
          </Text>
        </>
      )}
    </div>
  );
}

const steps = {
  put: { path: '/api/v1/cases/{caseId}/legal-hold', button: 'put', text: 'putText' },
  lift: { path: '/api/v1/cases/{caseId}/legal-hold/lift', button: 'lift', text: 'liftText' },
} as const;

function HoldButton({ caseId, isHeld }: { caseId: string; isHeld: boolean }) {
  const t = useTexts(retentionTexts);
  const { cancel } = useTexts(texts);
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const { path, button, text } = steps[isHeld ? 'lift' : 'put'];
  const close = (): void => setOpen(false);
  const { queryKey } = caseRetentionQuery(caseId);
  const take = async (reason: string): Promise<void> => {
    const changed = await unwrap(api.POST(path, { params: { path: { caseId } }, body: { reason } }));
    setOpen(false);
    client.setQueryData(queryKey, changed);
  };
  return (
    <>
      <Button variant="default" className="no-print" onClick={() => setOpen(true)}>
        {t[button]}
      </Button>
      <Modal opened={isOpen} onClose={close} title={t[button]} closeButtonProps={{ 'aria-label': cancel }}>
        <ReasonForm
          text={t[text]}
          button={t[button]}
          take={take}
          onDone={close}
          onError={() => client.invalidateQueries({ queryKey })}
          onClose={close}
        />
      </Modal>
    </>
  );
}
