import { Button, Group, NativeSelect, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { problemMessage } from '#src/domain/problems.ts';
import { lengthOf, textProblem } from '#src/domain/text-rules.ts';
import { operatorsQuery } from '../../../api/console.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import type { BulkAction } from './bulk-api.ts';
import { bulkTexts } from './bulk-texts.ts';

const longestReason = 1000;

type Props = {
  kind: BulkAction['kind'];
  /** What was chosen before, for who comes back from the preview. */
  last: BulkAction | undefined;
  isPending: boolean;
  onChoose: (action: BulkAction) => void;
  onClose: () => void;
};

/** What is to be done: who looks after the cases, or why they are taken back. */
export function BulkChoice({ kind, last, isPending, onChoose, onClose }: Props) {
  const t = useTexts(bulkTexts);
  const locale = useLocale();
  const { data } = useQuery({ ...operatorsQuery, enabled: kind === 'assign' });
  const [operatorId, setOperatorId] = useState((last?.kind === 'assign' && last.operatorId) || '');
  const [reason, setReason] = useState(last?.kind === 'withdraw' ? last.reason : '');
  const [isTried, setTried] = useState(false);
  const code = textProblem(reason, longestReason);
  const params = { max: longestReason, length: lengthOf(reason) };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (kind === 'assign') onChoose({ kind, operatorId: operatorId || null });
    else if (reason.trim() !== '' && !code) onChoose({ kind, reason });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {kind === 'assign' ? (
          <NativeSelect
            label={t.assignee}
            data-autofocus
            disabled={!data}
            value={operatorId}
            onChange={(event) => setOperatorId(event.currentTarget.value)}
            data={[
              { value: '', label: t.nobody },
              ...(data?.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        ) : (
          <Textarea
            label={t.reason}
            description={t.reasonHelp}
            data-autofocus
            autosize
            minRows={3}
            maxLength={longestReason}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={
              code
                ? problemMessage({ pointer: '/reason', code, params }, locale)
                : isTried && reason.trim() === '' && t.reasonNeeded
            }
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={isPending}>
            {t.toPreview}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
