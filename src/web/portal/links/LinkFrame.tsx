import { Anchor, Button, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { environmentQuery } from '../../api/session.ts';
import { useLocale, useSetLocale, useTexts } from '../../ui/locale.tsx';
import { texts } from './texts.ts';

/** What stands around the pages that mails lead to: for people who are not logged in, so nothing but the page itself. */
export function LinkFrame({ title, children }: { title: string; children: ReactNode }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const setLocale = useSetLocale();
  const { data: environment } = useQuery(environmentQuery);
  useEffect(() => {
    document.title = `${title} | 照会`;
  }, [title]);
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={440} gap="lg">
        <Stack gap={4}>
          <Text size="sm" c="dimmed" mih="1.6em">
            {environment?.providerName}
          </Text>
          <Title order={1} size="h3">
            {title}
          </Title>
        </Stack>
        <Paper withBorder p="lg">
          {children}
        </Paper>
        <Group justify="space-between">
          <Anchor href="/login" size="sm">
            {t.toLogin}
          </Anchor>
          <Button
            variant="subtle"
            size="compact-sm"
            lang={locale === 'ja' ? 'en' : 'ja'}
            onClick={() => setLocale(locale === 'ja' ? 'en' : 'ja')}
          >
            {locale === 'ja' ? 'English' : '日本語'}
          </Button>
        </Group>
      </Stack>
    </Center>
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
