import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { isProblem } from '../../api/problem-error.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { texts } from './texts.ts';

/** Why a link cannot be used, and what to do then. */
export function LinkProblem({ error, children }: { error: unknown; children: ReactNode }) {
  const t = useTexts(texts);
  const isOver = isProblem(error, 'link_not_valid', 'invalid_request');
  return (
    <Stack>
      <Notice kind="error" title={t.noLink}>
        {isProblem(error) && error.message}
      </Notice>
      {isOver && <Text size="sm">{children}</Text>}
    </Stack>
  );
}
