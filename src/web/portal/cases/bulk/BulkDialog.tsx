import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { BulkChoice } from './BulkChoice.tsx';
import { LeftCases, PreviewedCases } from './BulkTables.tsx';
import { type BulkAction, type BulkPreview, carryOut, preview } from './bulk-api.ts';
import { bulkTexts } from './bulk-texts.ts';

type Kind = BulkAction['kind'];
type Props = { kind: Kind; caseIds: readonly string[]; onDone: () => void; onClose: () => void };
type Seen = { action: BulkAction; found: BulkPreview; key: string };

/** What is to be done, then what that would do with each case, then what it did. Nothing is done that was not seen before. */
export function BulkDialog({ kind, caseIds: chosen, onDone, onClose }: Props) {
  // What is chosen is given up once it is done, while the outcome stays on the screen.
  const [caseIds] = useState(chosen);
  const [last, setLast] = useState<BulkAction>();
  const [seen, setSeen] = useState<Seen>();
  const previewing = useMutation({
    mutationFn: (action: BulkAction) => preview(action, caseIds),
    onSuccess: (found, action) => setSeen({ action, found, key: crypto.randomUUID() }),
  });
  if (seen)
    return (
      <Preview kind={kind} seen={seen} onDone={onDone} onBack={() => setSeen(undefined)} onClose={onClose} />
    );
  return (
    <Stack>
      {previewing.error && <Notice kind="error">{previewing.error.message}</Notice>}
      <BulkChoice
        kind={kind}
        last={last}
        isPending={previewing.isPending}
        onChoose={(action) => {
          setLast(action);
          previewing.mutate(action);
        }}
        onClose={onClose}
      />
    </Stack>
  );
}

type PreviewProps = { kind: Kind; seen: Seen; onDone: () => void; onBack: () => void; onClose: () => void };

function Preview({ kind, seen: { action, found, key }, onDone, onBack, onClose }: PreviewProps) {
  const t = useTexts(bulkTexts);
  const client = useQueryClient();
  const id = useId();
  const doing = useMutation({
    mutationFn: () => carryOut(action, found, key),
    onSuccess: async () => {
      onDone();
      await Promise.all(
        ['cases', 'case', 'inbox', 'counts'].map((name) => client.invalidateQueries({ queryKey: [name] })),
      );
    },
  });
  if (doing.data) {
    const { done, left, cases } = doing.data;
    return (
      <Stack>
        {done > 0 && <Notice kind="success">{t[kind].done(done)}</Notice>}
        {left > 0 && (
          <Text role="status" id={id}>
            {t.left(left)}
          </Text>
        )}
        {left > 0 && <LeftCases cases={cases} labelledBy={id} />}
        <Group justify="flex-end">
          <Button onClick={onClose}>{t.close}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <Stack>
      {doing.error && <Notice kind="error">{doing.error.message}</Notice>}
      <Text role="status" id={id}>
        {t.goes(found.goes)}
        {found.stays > 0 && ` ${t.stays(found.stays)}`}
        {kind === 'withdraw' && ` ${t.notUndone}`}
      </Text>
      <PreviewedCases kind={kind} cases={found.cases} labelledBy={id} />
      <Group justify="flex-end">
        <Button variant="default" disabled={doing.isPending} onClick={onBack}>
          {t.back}
        </Button>
        <Button
          data-autofocus
          disabled={found.goes === 0}
          loading={doing.isPending}
          onClick={() => doing.mutate()}
        >
          {t[kind].confirm(found.goes)}
        </Button>
      </Group>
    </Stack>
  );
}
