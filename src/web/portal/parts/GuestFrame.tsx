import { Anchor, Button, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { environmentQuery } from '../../api/session.ts';
import { useLocale, useSetLocale } from '../../ui/locale.tsx';

type Props = {
  title: string;
  /** The one way to go elsewhere. */
  way: { href: string; label: string };
  maxWidth: number;
  children: ReactNode;
};

/** What stands around the pages of people who are not logged in: nothing but the page itself, and the language. */
export function GuestFrame({ title, way, maxWidth, children }: Props) {
  const locale = useLocale();
  const setLocale = useSetLocale();
  const { data: environment } = useQuery(environmentQuery);
  useEffect(() => {
    document.title = `${title} | 照会`;
  }, [title]);
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={maxWidth} gap="lg">
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
          <Anchor href={way.href} size="sm">
            {way.label}
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
