import { Button, Group, Text } from '@mantine/core';
import { useLastSequence } from '../../live/changes.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';

const texts = {
  ja: { changed: 'この案件は、表示したあとに更新されました。', show: '最新の内容を表示する' },
  en: { changed: 'This case has changed since it was shown.', show: 'Show it as it is now' },
};

type Props = { caseId: string; known: number; onShow: () => void };

/** Tells that a case went on elsewhere; what is read or typed stays until the reader wants it. */
export function CaseChanged({ caseId, known, onShow }: Props) {
  const t = useTexts(texts);
  if (useLastSequence(caseId) <= known) return null;
  return (
    <Notice kind="info">
      <Group gap="sm">
        <Text size="sm">{t.changed}</Text>
        <Button size="compact-sm" variant="default" onClick={onShow}>
          {t.show}
        </Button>
      </Group>
    </Notice>
  );
}
