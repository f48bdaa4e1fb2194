import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { showInstant } from '#src/domain/days.ts';
import { type Money, showMoney } from '#src/domain/money.ts';
import { notificationType } from '#src/domain/notification-types.ts';
import { api, type Schemas, unwrap } from '../../../api/client.ts';
import { useSession } from '../../../api/session.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { texts as caseTexts } from '../../case/texts.ts';
import { Facts } from '../../parts/Facts.tsx';
import { methodTexts } from '../../parts/texts.ts';
import { institutionsQuery } from '../intake-api.ts';
import { AskedSections } from './AskedSections.tsx';
import { texts } from './texts.ts';
import type { CaseRequest } from './values.ts';

type Props = { request: CaseRequest; checked: Schemas['CheckedRequest']; onBack: () => void };

/** The request as it would be registered, and the one button that does it: once, however often it is pressed. */
export function CheckStep({ request, checked, onBack }: Props) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [once] = useState(() => ({ 'idempotency-key': crypto.randomUUID() }));
  const register = useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/cases', { params: { header: once }, body: request })),
    onSuccess: ({ id }) => navigate({ to: '/cases/$caseId', params: { caseId: id } }),
  });
  return (
    <Stack gap="lg">
      {register.error && <Notice kind="error">{register.error.message}</Notice>}
      {checked.caseId ? (
        <Notice kind="warning">
          {t.isKnown}{' '}
          <Anchor
            renderRoot={(props) => (
              <Link to="/cases/$caseId" params={{ caseId: checked.caseId ?? '' }} {...props} />
            )}
          >
            {t.openCase} {checked.caseId}
          </Anchor>
        </Notice>
      ) : (
        <Notice kind="info">{t.checkNotice}</Notice>
      )}
      {checked.lacksProductName && <Notice kind="warning">{t.lacksProductName}</Notice>}
      <RequestFacts request={request} checked={checked} />
      <AskedSections
        type={request.notificationType}
        goods={checked.goods}
        productNameKnown={Boolean(request.payment.productName)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          {t.back}
        </Button>
        <Button loading={register.isPending} onClick={() => register.mutate()}>
          {t.register}
        </Button>
      </Group>
    </Stack>
  );
}

function RequestFacts({ request, checked: { dueAt, goods } }: Pick<Props, 'request' | 'checked'>) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { services } = useSession();
  const { data } = useQuery(institutionsQuery);
  const institution = data?.data.find(({ id }) => id === request.institutionId)?.name ?? '';
  const service = services.find(({ mid, sid }) => mid === request.mid && sid === request.sid);
  const when = (instant: string): string => showInstant(new Date(instant), locale);
  return (
    <>
      <section>
        <Title order={2} size="h5" mb="xs">
          {t.request}
        </Title>
        <Facts
          facts={[
            [t.fields.institutionId, institution],
            [t.fields.institutionReference, request.institutionReference],
            [
              t.fields.service,
              `${request.mid}-${request.sid} ${service?.merchantName ?? ''} ${service?.name ?? ''}`,
            ],
            [t.fields.notificationType, notificationType(request.notificationType).label[locale]],
            [t.fields.requestedAt, when(request.requestedAt)],
            [t.fields.dueAt, `${when(dueAt)} ${request.dueAt ? '' : t.byRuleMark}`],
            [
              t.fields.supplement,
              <Text key="supplement" span inherit className="prewrap">
                {request.supplement ?? t.none}
              </Text>,
            ],
          ]}
        />
      </section>
      <PaymentFacts payment={request.payment} goods={goods} />
    </>
  );
}

type Payment = { payment: CaseRequest['payment']; goods: Props['checked']['goods'] };

function PaymentFacts({ payment, goods }: Payment) {
  const t = useTexts(texts);
  const locale = useLocale();
  const methods = useTexts(methodTexts);
  const { goodsKinds } = useTexts(caseTexts);
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t.payment}
      </Title>
      <Facts
        facts={[
          [t.fields.trackingId, payment.trackingId],
          [t.fields.method, methods[payment.method]],
          [t.fields.amount, showMoney(payment.amount as Money, locale)],
          [t.fields.paidAt, showInstant(new Date(payment.paidAt), locale)],
          [t.fields.goods, `${goodsKinds[goods]} ${payment.goods ? '' : t.byServiceMark}`],
          [t.fields.productName, payment.productName],
          [t.fields.customerId, payment.customerId],
          [t.fields.orderId, payment.orderId],
          [t.fields.cardBrand, payment.cardBrand],
          [t.fields.cardLast4, payment.cardLast4],
        ]}
      />
    </section>
  );
}
