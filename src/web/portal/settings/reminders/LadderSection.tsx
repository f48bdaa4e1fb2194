import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type CategoryCode, categories, categoryCodes } from '#src/domain/categories.ts';
import { type Ladder, problemsOfLadder } from '#src/domain/reminder-ladder.ts';
import { api, type Schemas, unwrap } from '../../../api/client.ts';
import { ifMatch, remindersQuery } from '../../../api/reminders.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ChangedNotice } from './ChangedNotice.tsx';
import { LadderSteps } from './LadderSteps.tsx';
import { ladderFor, type Scope } from './ladder-scope.ts';
import { texts } from './texts.ts';

type Settings = Schemas['ReminderSettings'];
type Props = {
  settings: Settings;
  mayChange: boolean;
  ladder: Ladder;
  onLadder: (ladder: Ladder) => void;
};

/** The ladder of all requests, of a category, or of an institution's requests of a category. */
export function LadderSection({ settings, mayChange, ladder, onLadder }: Props) {
  const t = useTexts(texts);
  const client = useQueryClient();
  const [scope, setScope] = useState<Scope>({ category: null, institutionId: null });
  const { steps, from } = ladderFor(settings.ladders, scope);
  const save = useMutation({
    mutationFn: (body: Scope & { steps: Settings['ladders'][number]['steps'] | null }) =>
      unwrap(api.PUT('/api/v1/reminders/ladder', { params: { header: ifMatch(settings) }, body })),
    onError: () => client.invalidateQueries({ queryKey: remindersQuery.queryKey }),
    onSuccess: (changed) => {
      client.setQueryData(remindersQuery.queryKey, changed);
      onLadder(ladderFor(changed.ladders, scope).steps);
    },
  });
  const problems = problemsOfLadder(ladder);
  const choose = (chosen: Scope): void => {
    save.reset();
    setScope(chosen);
    onLadder(ladderFor(settings.ladders, chosen).steps);
  };
  const change = (changed: Ladder): void => {
    save.reset();
    onLadder(changed);
  };
  return (
    <section aria-labelledby="ladder">
      <Title order={2} size="h5" id="ladder" mb="xs">
        {t.ladder}
      </Title>
      <Stack gap="sm">
        <ScopeChoice settings={settings} scope={scope} onScope={choose} />
        <Text size="sm" c="dimmed">
          {t[from]}
        </Text>
        <LadderSteps ladder={ladder} problems={problems} mayChange={mayChange} onChange={change} />
        {save.error && <ChangedNotice error={save.error} onNewest={() => change(steps)} />}
        {save.isSuccess && <Notice kind="success">{t.saved}</Notice>}
        {mayChange && (
          <Group>
            <Button
              loading={save.isPending}
              disabled={problems.length > 0}
              onClick={() =>
                save.mutate({ ...scope, steps: ladder.map((step) => ({ ...step, to: [...step.to] })) })
              }
            >
              {t.save}
            </Button>
            {from === 'own' && (
              <Button variant="default" onClick={() => save.mutate({ ...scope, steps: null })}>
                {t.removeOwn}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </section>
  );
}

type ScopeProps = { settings: Settings; scope: Scope; onScope: (scope: Scope) => void };

function ScopeChoice({ settings, scope, onScope }: ScopeProps) {
  const t = useTexts(texts);
  const locale = useLocale();
  return (
    <Group align="flex-start">
      <NativeSelect
        label={t.scope}
        value={scope.category ?? ''}
        onChange={(event) =>
          onScope({
            category: (event.currentTarget.value || null) as CategoryCode | null,
            institutionId: null,
          })
        }
        data={[
          { value: '', label: t.everything },
          ...categoryCodes.map((code) => ({ value: code, label: categories[code].label[locale] })),
        ]}
      />
      {scope.category && (
        <NativeSelect
          label={t.anInstitution}
          value={scope.institutionId ?? ''}
          onChange={(event) => onScope({ ...scope, institutionId: event.currentTarget.value || null })}
          data={[
            { value: '', label: t.allInstitutions },
            ...settings.institutions.map(({ id, name }) => ({ value: id, label: `${id} ${name}` })),
          ]}
        />
      )}
    </Group>
  );
}
