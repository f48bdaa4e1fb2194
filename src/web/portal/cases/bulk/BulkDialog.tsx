import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { BulkChoice } from './BulkChoice.tsx';
import { LeftCases, PreviewedCases } from './BulkTables.tsx';
import { type BulkAction, type BulkPreview, carryingOut, carryOut, preview } from './bulk-api.ts';
import { bulkTexts, wordsOf } from './bulk-texts.ts';

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
    return <Preview seen={seen} onDone={onDone} onBack={() => setSeen(undefined)} onClose={onClose} />;
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

type PreviewProps = { seen: Seen; onDone: () => void; onBack: () => void; onClose: () => void };

function Preview({ seen: { action, found, key }, onDone, onBack, onClose }: PreviewProps) {
  const t = useTexts(bulkTexts);
  const words = wordsOf(action, t);
  const client = useQueryClient();
  const id = useId();
  const doing = useMutation({
    mutationKey: carryingOut,
    mutationFn: () => carryOut(action, found, key),
    // The outcome does not wait for the lists behind it, and shows where they cannot be read.
    onSuccess: () => {
      onDone();
      for (const name of ['cases', 'case', 'inbox', 'counts'])
        void client.invalidateQueries({ queryKey: [name] });
    },
  });
  if (doing.data) {
    const { done, left, cases } = doing.data;
    return (
      <Stack>
        <Summary key="outcome">
          {done > 0 && <Notice kind="success">{words.done(done)}</Notice>}
          {left > 0 && <Text id={id}>{t.left(left)}</Text>}
        </Summary>
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
      <Summary key="preview">
        <Text id={id}>
          {words.summary} {t.goes(found.goes)}
          {found.stays > 0 && ` ${t.stays(found.stays)}`}
        </Text>
      </Summary>
      <PreviewedCases goes={words.goes} cases={found.cases} labelledBy={id} />
      <Group justify="flex-end">
        <Button variant="default" disabled={doing.isPending} onClick={onBack}>
          {t.back}
        </Button>
        <Button disabled={found.goes === 0} loading={doing.isPending} onClick={() => doing.mutate()}>
          {words.confirm(found.goes)}
        </Button>
      </Group>
    </Stack>
  );
}

/** What a step says first. It takes the focus when the step is come to: it is read out, and Enter does nothing yet. */
function Summary({ children }: { children: ReactNode }) {
  const said = useRef<HTMLDivElement>(null);
  useEffect(() => said.current?.focus({ preventScroll: true }), []);
  return (
    <Stack gap="sm" ref={said} tabIndex={-1}>
      {children}
    </Stack>
  );
}
