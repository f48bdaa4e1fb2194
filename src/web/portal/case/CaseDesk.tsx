import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { caseQuery } from '../../api/cases.ts';
import { api, type Schemas, unwrap } from '../../api/client.ts';
import { operatorsQuery } from '../../api/console.ts';
import { useSession } from '../../api/session.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { CaseNotes } from './CaseNotes.tsx';
import styles from './case.module.css';
import { deskTexts } from './desk-texts.ts';

type Case = Schemas['Case'];

/** For operators: who looks after a case (担当者), and what they note about it for themselves (内部メモ). */
export function CaseDesk({ case: found }: { case: Case }) {
  const t = useTexts(deskTexts);
  const { user } = useSession();
  const mayHandle = user.rights.includes('handle_cases') && found.personalData !== 'erased';
  return (
    <section className={`${styles.retention} no-print`} aria-labelledby="desk">
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Title order={2} size="h5" id="desk">
            {t.title}
          </Title>
          <Link to="/cases/$caseId/as-merchant" params={{ caseId: found.id }}>
            {t.asMerchant}
          </Link>
        </Group>
        {mayHandle ? (
          <Assignee case={found} />
        ) : (
          <Text size="sm">
            {t.assignee}: {found.assignee?.name ?? t.nobody}
          </Text>
        )}
        <CaseNotes caseId={found.id} mayWrite={mayHandle} />
      </Stack>
    </section>
  );
}

function Assignee({ case: { id, assignee } }: { case: Case }) {
  const t = useTexts(deskTexts);
  const client = useQueryClient();
  const { user } = useSession();
  const { data } = useQuery(operatorsQuery);
  const assigning = useMutation({
    mutationFn: (operatorId: string | null) =>
      unwrap(
        api.PUT('/api/v1/cases/{caseId}/assignee', {
          params: { path: { caseId: id } },
          body: { operatorId },
        }),
      ),
    onSuccess: (changed) => {
      client.setQueryData(caseQuery(id).queryKey, changed);
      void client.invalidateQueries({ queryKey: ['inbox'] });
    },
  });
  const operators = data?.data ?? [];
  const known = assignee && !operators.some((each) => each.id === assignee.id) ? [assignee] : [];
  return (
    <>
      {assigning.error && <Notice kind="error">{assigning.error.message}</Notice>}
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label={t.assignee}
          value={assignee?.id ?? ''}
          disabled={!data || assigning.isPending}
          onChange={(event) => assigning.mutate(event.currentTarget.value || null)}
          data={[
            { value: '', label: t.nobody },
            ...[...known, ...operators].map(({ id: value, name }) => ({ value, label: name })),
          ]}
        />
        {operators.some((each) => each.id === user.id) && assignee?.id !== user.id && (
          <Button variant="default" loading={assigning.isPending} onClick={() => assigning.mutate(user.id)}>
            {t.takeOver}
          </Button>
        )}
      </Group>
    </>
  );
}
