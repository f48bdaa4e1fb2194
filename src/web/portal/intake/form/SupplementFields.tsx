import { Anchor, NativeSelect, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../../../ui/locale.tsx';
import { templatesQuery } from '../intake-api.ts';
import { texts } from './texts.ts';
import type { FieldsProps } from './values.ts';

/** 加盟店様への依頼補足事項, begun with one of the institution's templates or written freely. */
export function SupplementFields({ values, errors, onChange }: FieldsProps) {
  const t = useTexts(texts);
  const { data } = useQuery(templatesQuery(values.institutionId));
  const templates = data?.data ?? [];
  const add = (id: string): void => {
    const body = templates.find((each) => each.id === id)?.body;
    if (body) onChange({ supplement: [values.supplement.trimEnd(), body].filter(Boolean).join('\n') });
  };
  return (
    <Stack gap="xs">
      {templates.length > 0 && (
        <NativeSelect
          label={t.template}
          value=""
          maw="28rem"
          onChange={(event) => add(event.currentTarget.value)}
          data={[
            { value: '', label: t.noTemplate },
            ...templates.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      <Textarea
        id="supplement"
        label={`${t.fields.supplement} (${t.optional})`}
        error={errors.supplement}
        rows={5}
        value={values.supplement}
        onChange={(event) => onChange({ supplement: event.currentTarget.value })}
      />
      <Anchor
        size="sm"
        target="_blank"
        renderRoot={(props) => (
          <Link to="/intake/templates" search={{ institution: values.institutionId }} {...props} />
        )}
      >
        {t.manageTemplates}
      </Anchor>
    </Stack>
  );
}
