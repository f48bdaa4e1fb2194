import { Button, Group, Modal, Text } from '@mantine/core';
import { useIsMutating } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../../../api/session.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { mostSelected, type Selection } from '../use-selection.ts';
import { BulkDialog } from './BulkDialog.tsx';
import { carryingOut } from './bulk-api.ts';
import { bulkTexts } from './bulk-texts.ts';

type Kind = 'assign' | 'withdraw';
type Props = { selection: Selection; isShown: boolean };

/**
 * What can be done with the cases that are chosen. It stands there before any is, so that nothing jumps; the dialog outlives a
 * list that it empties, and is not closed before the outcome is known.
 */
export function BulkBar({ selection, isShown }: Props) {
  const t = useTexts(bulkTexts);
  const [kind, setKind] = useState<Kind>();
  const isPending = useIsMutating({ mutationKey: carryingOut }) > 0;
  const close = (): void => setKind(undefined);
  return (
    <>
      {isShown && <Bar selection={selection} onChoose={setKind} />}
      <Modal
        opened={kind !== undefined}
        onClose={close}
        closeOnEscape={!isPending}
        closeOnClickOutside={!isPending}
        size="xl"
        title={kind && t[kind].title}
        closeButtonProps={{ 'aria-label': t.close, disabled: isPending }}
      >
        {kind && <BulkDialog kind={kind} caseIds={selection.ids} onDone={selection.clear} onClose={close} />}
      </Modal>
    </>
  );
}

function Bar({ selection, onChoose }: { selection: Selection; onChoose: (kind: Kind) => void }) {
  const t = useTexts(bulkTexts);
  const { user } = useSession();
  const isEmpty = selection.ids.length === 0;
  return (
    <Group gap="sm" role="group" aria-label={t.bar} className="no-print">
      <Text size="sm" role="status" miw="6.5rem">
        {t.selected(selection.ids.length)}
      </Text>
      <Button size="xs" variant="default" disabled={isEmpty} onClick={() => onChoose('assign')}>
        {t.assign.title}
      </Button>
      {user.rights.includes('withdraw_cases') && (
        <Button size="xs" variant="default" disabled={isEmpty} onClick={() => onChoose('withdraw')}>
          {t.withdraw.title}
        </Button>
      )}
      <Button size="xs" variant="subtle" disabled={isEmpty} onClick={selection.clear}>
        {t.clear}
      </Button>
      <Text size="sm" c="dimmed">
        {t.limit(mostSelected)}
      </Text>
    </Group>
  );
}
