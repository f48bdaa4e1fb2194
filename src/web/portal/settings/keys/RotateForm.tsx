import { Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { keyDays } from '#src/domain/api-keys.ts';
import { showInstant } from '#src/domain/days.ts';
import { api, unwrap } from '../../../api/client.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { type ApiKey, idempotencyKey, useKeyChange } from './key-queries.ts';
import type { KeyStep } from './key-step.ts';
import { texts } from './texts.ts';

type Props = { apiKey: ApiKey; onStep: (step: KeyStep | undefined) => void };

const dayMs = 86_400_000;

/** Asks for how long the present key works on, and says until when. */
export function RotateForm({ apiKey, onStep }: Props) {
  const t = useTexts(texts);
  const [overlapDays, setOverlapDays] = useState<number>(keyDays.overlap);
  const [once] = useState(idempotencyKey);
  const rotate = useKeyChange(() =>
    unwrap(
      api.POST('/api/v1/api-keys/{keyId}/rotation', {
        params: { path: { keyId: apiKey.id }, header: once },
        body: { overlapDays, expiresInDays: keyDays.standard },
      }),
    ),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    rotate.mutate(undefined, { onSuccess: ({ secret }) => onStep({ kind: 'secret', secret }) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {rotate.error && <Notice kind="error">{rotate.error.message}</Notice>}
        <Text>{t.rotateText}</Text>
        <NumberInput
          label={t.overlap}
          description={t.overlapHint}
          data-autofocus
          min={0}
          max={keyDays.longestOverlap}
          allowDecimal={false}
          value={overlapDays}
          onChange={(value) => setOverlapDays(Number(value) || 0)}
        />
        <WorksUntil apiKey={apiKey} overlapDays={overlapDays} />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onStep(undefined)}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={rotate.isPending}>
            {t.rotateDo}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function WorksUntil({ apiKey, overlapDays }: { apiKey: ApiKey; overlapDays: number }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const own = apiKey.expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(apiKey.expiresAt);
  const until = new Date(Math.min(own, Date.now() + overlapDays * dayMs));
  return (
    <Text fw={600} aria-live="polite">
      {overlapDays === 0 ? t.oldStopsNow : t.oldWorksUntil(showInstant(until, locale))}
    </Text>
  );
}
