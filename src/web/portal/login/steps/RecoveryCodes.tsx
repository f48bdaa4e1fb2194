import { Button, Checkbox, Code, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useState } from 'react';
import { useTexts } from '../../../ui/locale.tsx';
import { texts } from './texts.ts';

type Props = { codes: readonly string[]; isPending?: boolean; onKept: () => void };

/** Recovery codes, shown this once: one goes on only after saying that they are kept. */
export function RecoveryCodes({ codes, isPending = false, onKept }: Props) {
  const t = useTexts(texts);
  const clipboard = useClipboard();
  const [isKept, setKept] = useState(false);
  const [isTried, setTried] = useState(false);
  const goOn = (): void => {
    setTried(true);
    if (isKept) onKept();
  };
  return (
    <Stack>
      <Text fw={600}>{t.recoveryCodes}</Text>
      <Text size="sm">{t.recoveryText}</Text>
      <SimpleGrid cols={1} spacing={4} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {codes.map((code) => (
          <li key={code}>
            <Code fz="sm">{code}</Code>
          </li>
        ))}
      </SimpleGrid>
      <Group gap="xs" className="no-print">
        <Button variant="default" size="xs" onClick={() => clipboard.copy(codes.join('\n'))}>
          {clipboard.copied ? t.copied : t.copy}
        </Button>
        <Button variant="default" size="xs" onClick={() => download(codes)}>
          {t.download}
        </Button>
        <Button variant="default" size="xs" onClick={() => window.print()}>
          {t.print}
        </Button>
      </Group>
      <Checkbox
        className="no-print"
        label={t.kept}
        checked={isKept}
        onChange={(event) => setKept(event.currentTarget.checked)}
        error={isTried && !isKept && t.keepFirst}
      />
      <Button className="no-print" onClick={goOn} loading={isPending}>
        {t.goOn}
      </Button>
    </Stack>
  );
}

function download(codes: readonly string[]): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`${codes.join('\r\n')}\r\n`], { type: 'text/plain' }));
  link.download = 'shokai-recovery-codes.txt';
  link.click();
  URL.revokeObjectURL(link.href);
}
