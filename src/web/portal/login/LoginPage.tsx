import { Anchor, Button, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { environmentQuery } from '../../api/session.ts';
import { useLocale, useSetLocale, useTexts } from '../../ui/locale.tsx';
import { nextPage } from './next-page.ts';
import { SignIn } from './SignIn.tsx';
import { texts } from './texts.ts';

/** 手順書「ユーザーID、パスワードをご入力いただき、『ログインする』ボタンをクリックしてください」 */
export function LoginPage() {
  const t = useTexts(texts);
  const locale = useLocale();
  const setLocale = useSetLocale();
  const { data: environment } = useQuery(environmentQuery);
  useEffect(() => {
    document.title = `${t.title} | 照会`;
  }, [t.title]);
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={400} gap="lg">
        <Stack gap={4}>
          <Text size="sm" c="dimmed" mih="1.6em">
            {environment?.providerName}
          </Text>
          <Title order={1} size="h3">
            {t.title}
          </Title>
        </Stack>
        <Paper withBorder p="lg">
          <SignIn onDone={goOn} />
        </Paper>
        <Group justify="space-between">
          <Anchor href="/forgotten-password" size="sm">
            {t.forgotten}
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

function goOn(): void {
  const wanted = new URLSearchParams(window.location.search).get('next') ?? undefined;
  window.location.assign(nextPage(wanted));
}
