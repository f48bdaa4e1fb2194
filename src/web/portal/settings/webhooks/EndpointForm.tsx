import { Button, Checkbox, Group, Radio, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type EventType, eventTypeNames, eventTypes } from '#src/domain/event-types.ts';
import { isProblem, ProblemError } from '../../../api/problem-error.ts';
import { useSession } from '../../../api/session.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { texts } from './texts.ts';
import { useWebhookChange, type WebhookEndpoint, webhookCalls } from './webhooks-api.ts';

type Props = {
  /** Unset: a new one. */
  endpoint: WebhookEndpoint | undefined;
  onClose: () => void;
  onSecret: (secret: string) => void;
};

/** Where events go, and which. An operator says for whom as well, once and for all. */
export function EndpointForm({ endpoint, onClose, onSecret }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { user } = useSession();
  const [name, setName] = useState(endpoint?.name ?? '');
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [chosen, setChosen] = useState<string[]>(endpoint?.eventTypes ?? eventTypeNames);
  const [owner, setOwner] = useState({ kind: 'mid', id: '' });
  const [isTried, setTried] = useState(false);
  const asksOwner = !endpoint && user.kind === 'operator';
  const save = useWebhookChange(async () => {
    const settings = { name, url, eventTypes: chosen as EventType[] };
    if (endpoint) return void (await webhookCalls.change(endpoint.id, settings));
    const made = await webhookCalls.add({ ...settings, ...(asksOwner && { [owner.kind]: owner.id }) });
    onSecret(made.secret);
  });
  const isWhole = name.trim() && url.trim() && chosen.length > 0 && (!asksOwner || owner.id.trim());
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isWhole) save.mutate(undefined, { onSuccess: onClose });
  };
  const urlProblem = isProblem(save.error, 'url_not_callable') ? save.error.message : undefined;
  const missing = (value: string) => isTried && value.trim() === '' && t.needed;
  const wrong = (field: string) => {
    const problems = save.error instanceof ProblemError ? save.error.errors : undefined;
    return problems?.find(({ pointer }) => pointer === `/${field}`)?.detail;
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {save.error && !urlProblem && <Notice kind="error">{save.error.message}</Notice>}
        {asksOwner && <OwnerFields owner={owner} onChange={setOwner} error={missing(owner.id)} />}
        <TextInput
          label={t.name}
          description={t.nameHint}
          data-autofocus
          maxLength={100}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          error={missing(name) || wrong('name')}
        />
        <TextInput
          label={t.url}
          description={t.urlHint}
          type="url"
          placeholder="https://"
          maxLength={2048}
          value={url}
          onChange={({ currentTarget }) => setUrl(currentTarget.value)}
          error={missing(url) || urlProblem || wrong('url')}
        />
        <Checkbox.Group
          label={t.eventTypes}
          value={chosen}
          onChange={setChosen}
          error={isTried && chosen.length === 0 && t.typesNeeded}
        >
          <Stack gap="xs" mt="xs">
            {eventTypeNames.map((type) => (
              <Checkbox key={type} value={type} label={eventTypes[type][locale]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type Owner = { kind: string; id: string };
type OwnerProps = { owner: Owner; onChange: (owner: Owner) => void; error: string | false };

function OwnerFields({ owner, onChange, error }: OwnerProps) {
  const t = useTexts(texts);
  return (
    <>
      <Radio.Group label={t.owner} value={owner.kind} onChange={(kind) => onChange({ ...owner, kind })}>
        <Group mt="xs">
          <Radio value="mid" label={t.mid} />
          <Radio value="institutionId" label={t.institutionId} />
        </Group>
      </Radio.Group>
      <TextInput
        label={owner.kind === 'mid' ? t.mid : t.institutionId}
        maxLength={32}
        value={owner.id}
        onChange={({ currentTarget }) => onChange({ ...owner, id: currentTarget.value })}
        error={error}
      />
    </>
  );
}
