import { Button, Group, Modal, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ErrorPage } from '../../../ui/ErrorPage.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { useTexts } from '../../../ui/locale.tsx';
import { Page } from '../../../ui/Page.tsx';
import styles from '../../settings/settings-table.module.css';
import { institutionsQuery, type Template, templatesQuery } from '../intake-api.ts';
import { RemoveTemplate, TemplateForm } from './TemplateForm.tsx';
import { texts } from './texts.ts';

type Step = { kind: 'add' } | { kind: 'edit' | 'remove'; template: Template };

/** 依頼補足事項の定型文: what operators write again and again, per institution. */
export function TemplatesPage() {
  const t = useTexts(texts);
  const { institution = '' } = useSearch({ from: '/frame/intake/templates' });
  const [step, setStep] = useState<Step>();
  const close = (): void => setStep(undefined);
  return (
    <Page
      title={t.title}
      actions={institution && <Button onClick={() => setStep({ kind: 'add' })}>{t.add}</Button>}
    >
      <Text>{t.intro}</Text>
      <InstitutionChoice chosen={institution} />
      {institution && <TemplatesOf institutionId={institution} onStep={setStep} />}
      <Modal
        opened={step !== undefined}
        onClose={close}
        size="lg"
        title={step && t[step.kind]}
        closeButtonProps={{ 'aria-label': t.close }}
      >
        {step?.kind === 'add' && <TemplateForm institutionId={institution} onClose={close} />}
        {step?.kind === 'edit' && (
          <TemplateForm institutionId={institution} template={step.template} onClose={close} />
        )}
        {step?.kind === 'remove' && <RemoveTemplate template={step.template} onClose={close} />}
      </Modal>
    </Page>
  );
}

function InstitutionChoice({ chosen }: { chosen: string }) {
  const t = useTexts(texts);
  const { data } = useQuery(institutionsQuery);
  const navigate = useNavigate();
  return (
    <NativeSelect
      label={t.institution}
      value={chosen}
      maw="28rem"
      data={[
        { value: '', label: t.choose },
        ...(data?.data ?? []).map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
      ]}
      onChange={(event) =>
        void navigate({ to: '/intake/templates', search: { institution: event.currentTarget.value } })
      }
    />
  );
}

type ListProps = { institutionId: string; onStep: (step: Step) => void };

function TemplatesOf({ institutionId, onStep }: ListProps) {
  const t = useTexts(texts);
  const { data, error } = useQuery(templatesQuery(institutionId));
  if (error) return <ErrorPage error={error} />;
  if (!data) return <Loading rows={4} />;
  if (data.data.length === 0) return <Text c="dimmed">{t.none}</Text>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {[t.name, t.body, t.actions].map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.data.map((template) => (
          <tr key={template.id}>
            <td data-label={t.name}>{template.name}</td>
            <td data-label={t.body} className="prewrap">
              {template.body}
            </td>
            <td data-label={t.actions}>
              <Group gap="xs" wrap="nowrap">
                {(['edit', 'remove'] as const).map((kind) => (
                  <Button
                    key={kind}
                    size="compact-sm"
                    variant="default"
                    aria-label={`${t[kind]}: ${template.name}`}
                    onClick={() => onStep({ kind, template })}
                  >
                    {t[kind]}
                  </Button>
                ))}
              </Group>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
