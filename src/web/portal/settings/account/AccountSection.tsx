import { Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** One part of 設定 › アカウント. */
export function AccountSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="lg" component="section" aria-label={title}>
      <Stack align="flex-start">
        <Title order={2} size="h5">
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  );
}
