import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { isProblem } from '../../../api/problem-error.ts';
import { type FactorMethod, type FactorProof, signWithPasskey } from '../../../api/second-factors.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { texts } from './texts.ts';

type Props<Reply> = {
  methods: readonly FactorMethod[];
  askPasskey: () => Promise<{ challenge: string }>;
  prove: (proof: FactorProof) => Promise<Reply>;
  onProved: (reply: Reply) => void;
};

/** Asks for one of somebody's second factors; the others are one click away. */
export function FactorForm<Reply>({ methods, askPasskey, prove, onProved }: Props<Reply>) {
  const t = useTexts(texts);
  const [chosen, setChosen] = useState(methods[0]);
  const give = useMutation({ mutationFn: prove, onSuccess: onProved });
  const sign = useMutation({
    mutationFn: async () => prove({ method: 'passkey', response: await signWithPasskey(await askPasskey()) }),
    onSuccess: onProved,
  });
  const error = chosen === 'passkey' ? sign.error : give.error;
  if (!chosen) return <Notice kind="warning">{t.noMethod}</Notice>;
  return (
    <Stack>
      {error && <Notice kind="error">{isProblem(error) ? error.message : t.passkeyFailed}</Notice>}
      {chosen === 'passkey' ? (
        <>
          <Text size="sm">{t.passkeyText}</Text>
          <Button onClick={() => sign.mutate()} loading={sign.isPending}>
            {t.usePasskey}
          </Button>
        </>
      ) : (
        <CodeForm
          key={chosen}
          method={chosen}
          isPending={give.isPending}
          onCode={(code) => give.mutate({ method: chosen, code })}
        />
      )}
      {methods
        .filter((method) => method !== chosen)
        .map((method) => (
          <Button key={method} variant="default" size="xs" onClick={() => setChosen(method)}>
            {t.instead[method]}
          </Button>
        ))}
    </Stack>
  );
}

type CodeProps = { method: 'totp' | 'recovery_code'; isPending: boolean; onCode: (code: string) => void };

/** A code to be typed. What was typed stays when it is refused. */
export function CodeForm({ method, isPending, onCode }: CodeProps) {
  const t = useTexts(texts);
  const [code, setCode] = useState('');
  const [isTried, setTried] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (code.trim() !== '') onCode(code);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          ref={field}
          label={t.code[method]}
          name="code"
          autoComplete={method === 'totp' ? 'one-time-code' : 'off'}
          inputMode={method === 'totp' ? 'numeric' : 'text'}
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={64}
          data-autofocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={isTried && code.trim() === '' && t.enterCode}
        />
        <Button type="submit" loading={isPending}>
          {t.verify}
        </Button>
      </Stack>
    </form>
  );
}
