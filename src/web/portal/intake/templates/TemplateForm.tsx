import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api, unwrap } from '../../../api/client.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Problems, problemOf } from '../../../ui/problems.tsx';
import { ifMatch, type Template, useTemplateChange } from '../intake-api.ts';
import { texts } from './texts.ts';

type Props = { institutionId: string; template?: Template; onClose: () => void };

/** Asks for a template, new or changed. */
export function TemplateForm({ institutionId, template, onClose }: Props) {
  const t = useTexts(texts);
  const [name, setName] = useState(template?.name ?? '');
  const [body, setBody] = useState(template?.body ?? '');
  const [isTried, setTried] = useState(false);
  const [once] = useState(() => ({ 'idempotency-key': crypto.randomUUID() }));
  const save = useTemplateChange(() =>
    template
      ? unwrap(
          api.PUT('/api/v1/supplement-templates/{templateId}', {
            params: { path: { templateId: template.id }, header: ifMatch(template) },
            body: { name, body },
          }),
        )
      : unwrap(
          api.POST('/api/v1/supplement-templates', {
            params: { header: once },
            body: { institutionId, name, body },
          }),
        ),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (name.trim() && body.trim()) save.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Problems error={save.error} />
        <TextInput
          label={t.name}
          data-autofocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={(isTried && name.trim() === '' && t.needed) || problemOf(save.error, 'name')}
        />
        <Textarea
          label={t.body}
          rows={8}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
          error={(isTried && body.trim() === '' && t.needed) || problemOf(save.error, 'body')}
        />
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

/** Asks before a template goes. */
export function RemoveTemplate({ template, onClose }: { template: Template; onClose: () => void }) {
  const t = useTexts(texts);
  const remove = useTemplateChange(() =>
    unwrap(
      api.DELETE('/api/v1/supplement-templates/{templateId}', {
        params: { path: { templateId: template.id }, header: ifMatch(template) },
      }),
    ),
  );
  return (
    <Stack>
      <Problems error={remove.error} />
      <Text>{t.removeText(template.name)}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t.cancel}
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate(undefined, { onSuccess: onClose })}
        >
          {t.remove}
        </Button>
      </Group>
    </Stack>
  );
}
