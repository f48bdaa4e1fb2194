import { Button, Group, NativeSelect, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { problemMessage } from '#src/domain/problems.ts';
import { lengthOf, textProblem } from '#src/domain/text-rules.ts';
import { operatorsQuery } from '../../../api/console.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import type { BulkAction } from './bulk-api.ts';
import { bulkTexts } from './bulk-texts.ts';

const longestReason = 1000;
/** What the field of the assignee holds when nobody shall look after the cases; empty before the choice is made. */
const nobody = 'nobody';

type Props = {
  kind: BulkAction['kind'];
  /** What was chosen before, for who comes back from the preview. */
  last: BulkAction | undefined;
  isPending: boolean;
  onChoose: (action: BulkAction) => void;
  onClose: () => void;
};

/** What is to be done: who looks after the cases, or why they are taken back. */
export function BulkChoice({ kind, ...props }: Props) {
  return kind === 'assign' ? <Assignee {...props} /> : <Reason {...props} />;
}

type StepProps = Omit<Props, 'kind'>;

function Assignee({ last, onChoose, ...props }: StepProps) {
  const t = useTexts(bulkTexts);
  const { data, error } = useQuery(operatorsQuery);
  const [chosen, setChosen] = useState(last?.kind === 'assign' ? (last.operator?.id ?? nobody) : '');
  const [isTried, setTried] = useState(false);
  const operators = data?.data ?? [];
  const submit = (): void => {
    setTried(true);
    const operator = operators.find(({ id }) => id === chosen);
    if (operator) onChoose({ kind: 'assign', operator: { id: operator.id, name: operator.name } });
    else if (data && chosen === nobody) onChoose({ kind: 'assign', operator: null });
  };
  return (
    <Step {...props} isReady={data !== undefined} onSubmit={submit}>
      {error && <Notice kind="error">{error.message}</Notice>}
      <NativeSelect
        label={t.assignee}
        data-autofocus
        autoFocus
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
        error={isTried && chosen === '' && t.assigneeNeeded}
        data={[
          { value: '', label: t.choose },
          ...operators.map(({ id, name }) => ({ value: id, label: name })),
          ...(data ? [{ value: nobody, label: t.nobody }] : []),
        ]}
      />
    </Step>
  );
}

function Reason({ last, onChoose, ...props }: StepProps) {
  const t = useTexts(bulkTexts);
  const locale = useLocale();
  const [reason, setReason] = useState(last?.kind === 'withdraw' ? last.reason : '');
  const [isTried, setTried] = useState(false);
  const code = textProblem(reason, longestReason);
  const params = { max: longestReason, length: lengthOf(reason) };
  const submit = (): void => {
    setTried(true);
    if (reason.trim() !== '' && !code) onChoose({ kind: 'withdraw', reason });
  };
  return (
    <Step {...props} isReady onSubmit={submit}>
      <Textarea
        label={t.reason}
        description={t.reasonHelp}
        data-autofocus
        autoFocus
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
    </Step>
  );
}

type FormProps = Pick<Props, 'isPending' | 'onClose'> & {
  isReady: boolean;
  onSubmit: () => void;
  children: ReactNode;
};

function Step({ isPending, isReady, onSubmit, onClose, children }: FormProps) {
  const t = useTexts(bulkTexts);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" disabled={!isReady} loading={isPending}>
            {t.toPreview}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
