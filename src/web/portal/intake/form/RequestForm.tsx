import { Button, Group, SimpleGrid, Stack, Title } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTexts } from '../../../ui/locale.tsx';
import { Problems } from '../../../ui/problems.tsx';
import { AskedSections } from './AskedSections.tsx';
import { ErrorList } from './ErrorList.tsx';
import { PaymentFields } from './PaymentFields.tsx';
import { RequestFields } from './RequestFields.tsx';
import { SupplementFields } from './SupplementFields.tsx';
import { texts } from './texts.ts';
import type { FieldsProps } from './values.ts';

type Props = FieldsProps & { refusal: unknown; isChecking: boolean; onCheck: () => void };

/** Everything that is asked of a request, with what is wrong at each field and in a summary on top. */
export function RequestForm({ values, errors, refusal, isChecking, onChange, onCheck }: Props) {
  const t = useTexts(texts);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onCheck();
  };
  const fields = { values, errors, onChange };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xl">
        {Object.keys(errors).length > 0 ? <ErrorList errors={errors} /> : <Problems error={refusal} />}
        <section>
          <Title order={2} size="h5" mb="sm">
            {t.request}
          </Title>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <RequestFields {...fields} />
          </SimpleGrid>
        </section>
        <SupplementFields {...fields} />
        <section>
          <Title order={2} size="h5" mb="sm">
            {t.payment}
          </Title>
          <PaymentFields {...fields} />
        </section>
        <AskedSections
          type={values.notificationType}
          goods={values.goods}
          productNameKnown={values.productName.trim() !== ''}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={isChecking}>
            {t.check}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
