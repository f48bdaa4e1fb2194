import { Button, Code, CopyButton, Group, Stack } from '@mantine/core';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { texts } from './texts.ts';

/** The key itself, this once. */
export function KeySecret({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const t = useTexts(texts);
  return (
    <Stack>
      <Notice kind="warning">{secret === null ? t.secretLost : t.secretText}</Notice>
      {secret !== null && (
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {secret}
        </Code>
      )}
      <Group justify="flex-end">
        {secret !== null && (
          <CopyButton value={secret} timeout={4_000}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy} aria-live="polite">
                {copied ? t.copied : t.copy}
              </Button>
            )}
          </CopyButton>
        )}
        <Button onClick={onClose}>{secret === null ? t.close : t.stored}</Button>
      </Group>
    </Stack>
  );
}
