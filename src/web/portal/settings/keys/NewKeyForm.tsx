import { Button, Checkbox, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { givableScopes, type KeyScope, keyDays, keyOwners } from '#src/domain/api-keys.ts';
import { api, unwrap } from '../../../api/client.ts';
import { useSession } from '../../../api/session.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { idempotencyKey, type Owner, useKeyChange } from './key-queries.ts';
import type { KeyStep } from './key-step.ts';
import { texts } from './texts.ts';

type Props = { owner: Owner; onStep: (step: KeyStep | undefined) => void };

/** Asks what a new key is for and what it may do. */
export function NewKeyForm({ owner, onStep }: Props) {
  const t = useTexts(texts);
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['read_cases']);
  const [sids, setSids] = useState<string[]>([]);
  const [days, setDays] = useState<number>(keyDays.standard);
  const [isTried, setTried] = useState(false);
  const [once] = useState(idempotencyKey);
  const issue = useKeyChange(() =>
    unwrap(
      api.POST('/api/v1/api-keys', {
        params: { header: once },
        body: {
          ...{ owner, name: name.trim(), scopes: scopes as KeyScope[], expiresInDays: days },
          sids: sids.length > 0 ? sids : null,
        },
      }),
    ),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || scopes.length === 0) return;
    issue.mutate(undefined, { onSuccess: ({ secret }) => onStep({ kind: 'secret', secret }) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {issue.error && <Notice kind="error">{issue.error.message}</Notice>}
        <TextInput
          label={t.name}
          description={t.nameHint}
          data-autofocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={isTried && name.trim() === '' && t.nameNeeded}
        />
        <Scopes owner={owner} scopes={scopes} onChange={setScopes} isTried={isTried} />
        {owner.kind === 'merchant' && <Services mid={owner.mid} sids={sids} onChange={setSids} />}
        <NumberInput
          label={t.days}
          description={t.daysHint}
          min={1}
          max={keyDays.longest}
          allowDecimal={false}
          value={days}
          onChange={(value) => setDays(Number(value) || 1)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onStep(undefined)}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={issue.isPending}>
            {t.create}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type ScopesProps = {
  owner: Owner;
  scopes: string[];
  onChange: (scopes: string[]) => void;
  isTried: boolean;
};

function Scopes({ owner, scopes, onChange, isTried }: ScopesProps) {
  const t = useTexts(texts);
  const { user } = useSession();
  const givable = new Set(givableScopes(owner.kind, new Set(user.rights)));
  return (
    <Checkbox.Group
      label={t.scopes}
      value={scopes}
      onChange={onChange}
      error={isTried && scopes.length === 0 && t.scopeNeeded}
    >
      <Stack gap="xs" py="xs">
        {keyOwners[owner.kind].scopes.map((scope) => (
          <Checkbox
            key={scope}
            value={scope}
            label={t.scopeNames[scope]}
            disabled={!givable.has(scope)}
            {...(!givable.has(scope) && { description: t.notHeld })}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

type ServicesProps = { mid: string; sids: string[]; onChange: (sids: string[]) => void };

function Services({ mid, sids, onChange }: ServicesProps) {
  const t = useTexts(texts);
  const services = useSession().services.filter((each) => each.mid === mid);
  return (
    <Checkbox.Group label={t.services} description={t.servicesHint} value={sids} onChange={onChange}>
      <Stack gap="xs" py="xs">
        {services.map(({ sid, name }) => (
          <Checkbox key={sid} value={sid} label={`${mid}-${sid} ${name}`} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
