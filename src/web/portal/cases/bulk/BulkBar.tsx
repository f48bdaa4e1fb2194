import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useSession } from '../../../api/session.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { mostSelected, type Selection } from '../use-selection.ts';
import { BulkDialog } from './BulkDialog.tsx';
import { bulkTexts } from './bulk-texts.ts';

type Kind = 'assign' | 'withdraw';

/** What can be done with the cases that are chosen. It stands there before any is, so that nothing jumps. */
export function BulkBar({ selection }: { selection: Selection }) {
  const t = useTexts(bulkTexts);
  const { user } = useSession();
  const [kind, setKind] = useState<Kind>();
  const isEmpty = selection.ids.length === 0;
  const close = (): void => setKind(undefined);
  return (
    <Group gap="sm" role="group" aria-label={t.bar} className="no-print">
      <Text size="sm" role="status" miw="6.5rem">
        {t.selected(selection.ids.length)}
      </Text>
      <Button size="xs" variant="default" disabled={isEmpty} onClick={() => setKind('assign')}>
        {t.assign.title}
      </Button>
      {user.rights.includes('withdraw_cases') && (
        <Button size="xs" variant="default" disabled={isEmpty} onClick={() => setKind('withdraw')}>
          {t.withdraw.title}
        </Button>
      )}
      <Button size="xs" variant="subtle" disabled={isEmpty} onClick={selection.clear}>
        {t.clear}
      </Button>
      <Text size="sm" c="dimmed">
        {t.limit(mostSelected)}
      </Text>
      <Modal
        opened={kind !== undefined}
        onClose={close}
        size="xl"
        title={kind && t[kind].title}
        closeButtonProps={{ 'aria-label': t.close }}
      >
        {kind && <BulkDialog kind={kind} caseIds={selection.ids} onDone={selection.clear} onClose={close} />}
      </Modal>
    </Group>
  );
}
