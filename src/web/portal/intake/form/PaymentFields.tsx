import { Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { halfWidth } from '#src/domain/half-width.ts';
import { goodsKinds } from '#src/domain/section-shape.ts';
import { api, unwrap } from '../../../api/client.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { texts as caseTexts } from '../../case/texts.ts';
import { methodTexts } from '../../parts/texts.ts';
import { texts } from './texts.ts';
import { type FieldName, type FieldsProps, serviceIn, typedPayment } from './values.ts';

/** The payment, taken over from an earlier case of the merchant where one knows it. */
export function PaymentFields(props: FieldsProps) {
  const { values, errors, onChange } = props;
  const t = useTexts(texts);
  const methods = useTexts(methodTexts);
  const { goodsKinds: goodsNames } = useTexts(caseTexts);
  const text = (name: FieldName, isOptional = false, description?: string) => (
    <TextInput
      id={name}
      key={name}
      label={isOptional ? `${t.fields[name]} (${t.optional})` : t.fields[name]}
      error={errors[name]}
      value={values[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
      {...(description && { description })}
    />
  );
  return (
    <Stack>
      <TrackingField {...props} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NativeSelect
          id="method"
          label={t.fields.method}
          error={errors.method}
          value={values.method}
          onChange={(event) => onChange({ method: event.currentTarget.value })}
          data={Object.entries(methods).map(([value, label]) => ({ value, label }))}
        />
        <SimpleGrid cols={2}>
          {text('amount')}
          {text('currency')}
        </SimpleGrid>
        {text('paidAt', false, t.instantHint)}
        <NativeSelect
          id="goods"
          label={t.fields.goods}
          error={errors.goods}
          value={values.goods}
          onChange={(event) => onChange({ goods: event.currentTarget.value })}
          data={[
            { value: '', label: t.goodsOfService },
            ...goodsKinds.map((value) => ({ value, label: goodsNames[value] })),
          ]}
        />
        {text('productName', true)}
        {text('customerId', true)}
        {text('orderId', true)}
        {text('cardBrand', true)}
        {text('cardLast4', true)}
      </SimpleGrid>
    </Stack>
  );
}

function TrackingField({ values, errors, onChange }: FieldsProps) {
  const t = useTexts(texts);
  const mid = serviceIn(values.service)?.mid ?? '';
  const trackingId = halfWidth(values.trackingId);
  const isReady = mid !== '' && /^\d{14}$/.test(trackingId);
  const lookUp = useMutation({
    mutationFn: () => unwrap(api.GET('/api/v1/intake/payments', { params: { query: { mid, trackingId } } })),
    onSuccess: ({ payment }) => payment && onChange(typedPayment(payment)),
  });
  return (
    <Stack gap="xs">
      <Group align="flex-end">
        <TextInput
          id="trackingId"
          label={t.fields.trackingId}
          description={t.trackingHint}
          error={errors.trackingId}
          value={values.trackingId}
          onChange={(event) => {
            lookUp.reset();
            onChange({ trackingId: event.currentTarget.value });
          }}
        />
        <Button
          variant="default"
          disabled={!isReady}
          title={isReady ? undefined : t.lookUpFirst}
          loading={lookUp.isPending}
          onClick={() => lookUp.mutate()}
        >
          {t.lookUp}
        </Button>
      </Group>
      {lookUp.error && <Notice kind="error">{lookUp.error.message}</Notice>}
      {lookUp.data && (
        <Notice kind={lookUp.data.payment ? 'success' : 'info'}>
          {lookUp.data.caseId ? t.takenOver(lookUp.data.caseId) : t.notKnown}
        </Notice>
      )}
    </Stack>
  );
}
