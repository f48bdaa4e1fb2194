import { Button, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../ui/locale.tsx';
import { GuestFrame } from '../parts/GuestFrame.tsx';
import { texts } from './texts.ts';

/** What stands around the pages that mails lead to. */
export function LinkFrame({ title, children }: { title: string; children: ReactNode }) {
  const t = useTexts(texts);
  return (
    <GuestFrame title={title} way={{ href: '/login', label: t.toLogin }} maxWidth={440}>
      {children}
    </GuestFrame>
  );
}

type DoneProps = { title: string; children?: ReactNode };

/** How it ended well, and the way on. */
export function Done({ title, children }: DoneProps) {
  const t = useTexts(texts);
  return (
    <Stack role="status">
      <Text fw={600}>{title}</Text>
      {children && <Text size="sm">{children}</Text>}
      <Button component="a" href="/login">
        {t.toLogin}
      </Button>
    </Stack>
  );
}
