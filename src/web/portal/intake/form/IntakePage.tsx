import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../../api/client.ts';
import { isProblem } from '../../../api/problem-error.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { Page } from '../../../ui/Page.tsx';
import { CheckStep } from './CheckStep.tsx';
import { RequestForm } from './RequestForm.tsx';
import { texts } from './texts.ts';
import { type CaseRequest, type Errors, emptyValues, errorsFrom, readValues } from './values.ts';

/** 依頼の登録: one request, typed, checked and registered. What was typed stays through all of it. */
export function IntakePage() {
  const t = useTexts(texts);
  const locale = useLocale();
  const [values, setValues] = useState(() => emptyValues(new Date()));
  const [errors, setErrors] = useState<Errors>({});
  const [sent, setSent] = useState<CaseRequest>();
  const check = useMutation({
    mutationFn: (body: CaseRequest) => unwrap(api.POST('/api/v1/intake/check', { body })),
    onError: (error) => setErrors(isProblem(error) ? errorsFrom(error.errors) : {}),
  });
  const start = (): void => {
    check.reset();
    const read = readValues(values, t.fields, locale);
    setErrors('errors' in read ? read.errors : {});
    if ('errors' in read) return;
    check.mutate(read.request, { onSuccess: () => setSent(read.request) });
  };
  if (sent && check.data) {
    return (
      <Page title={t.checkTitle} key="check">
        <CheckStep request={sent} checked={check.data} onBack={() => setSent(undefined)} />
      </Page>
    );
  }
  return (
    <Page title={t.title} key="form">
      <Text>{t.intro}</Text>
      <RequestForm
        values={values}
        errors={errors}
        refusal={check.error}
        isChecking={check.isPending}
        onChange={(part) => setValues((before) => ({ ...before, ...part }))}
        onCheck={start}
      />
    </Page>
  );
}
