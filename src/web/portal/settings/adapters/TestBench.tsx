import { Button, Code, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { adapterCalls, type Settings } from './adapters-api.ts';
import { texts } from './texts.ts';

/** Shows what a message becomes by the settings as they stand in the form, or what is wrong with it at each place. */
export function TestBench({ adapterId, settings }: { adapterId: string; settings: Settings }) {
  const t = useTexts(texts);
  const [message, setMessage] = useState('');
  const trial = useMutation({ mutationFn: () => adapterCalls.try(adapterId, message, settings) });
  return (
    <Stack gap="xs">
      <Title order={3} size="h4">
        {t.bench}
      </Title>
      <Text size="sm">{t.benchHint}</Text>
      <Textarea
        label={t.message}
        autosize
        minRows={4}
        maxRows={12}
        value={message}
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
      <div>
        <Button
          variant="default"
          disabled={message.trim() === ''}
          loading={trial.isPending}
          onClick={() => trial.mutate()}
        >
          {t.try}
        </Button>
      </div>
      {trial.error && <Notice kind="error">{trial.error.message}</Notice>}
      {trial.data?.items.map((item) => (
        <Notice
          key={item.reference ?? item.says}
          kind={item.request ? 'success' : 'warning'}
          title={item.request ? t.becomes : t.notBecomes}
        >
          {item.request && <Code block>{JSON.stringify(item.request, null, 2)}</Code>}
          <ul>
            {item.errors.map(({ pointer, code, detail }) => (
              <li key={`${pointer} ${code}`}>
                <Code>{pointer}</Code> {detail}
              </li>
            ))}
          </ul>
        </Notice>
      ))}
    </Stack>
  );
}
