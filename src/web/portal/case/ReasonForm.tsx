import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { type Problem, problemMessage } from '#src/domain/problems.ts';
import { lengthOf, textProblem } from '#src/domain/text-rules.ts';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { problemOf } from '../../ui/problems.tsx';
import { texts } from './texts.ts';

const longestReason = 1000;

type Props = {
  /** What follows from it. */
  text: string;
  button: string;
  /** What the reason is called where it is no mere reason. */
  label?: string;
  /** What else is asked for, and whether that keeps the form from being sent. */
  children?: (error: Error | null) => ReactNode;
  isIncomplete?: boolean;
  onTry?: () => void;
  take: (reason: string) => Promise<unknown>;
  onDone: () => void;
  onError?: () => unknown;
  onClose: () => void;
};

/** Asks for the reason of a step; what was typed stays when it fails. */
export function ReasonForm(props: Props) {
  const { text, button, take, onDone, onError, onClose, label, children, isIncomplete, onTry } = props;
  const t = useTexts(texts);
  const locale = useLocale();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const taking = useMutation({
    mutationFn: () => take(reason),
    onSuccess: onDone,
    ...(onError && { onError }),
  });
  const wrong = wrongWith(reason);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    onTry?.();
    if (reason.trim() !== '' && !wrong && !isIncomplete) taking.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {taking.error && <Notice kind="error">{taking.error.message}</Notice>}
        <Text>{text}</Text>
        <Textarea
          label={label ?? t.reasonLabel}
          data-autofocus
          autosize
          minRows={3}
          maxLength={longestReason}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={
            wrong
              ? problemMessage(wrong, locale)
              : (isTried && reason.trim() === '' && t.reasonNeeded) || problemOf(taking.error, 'reason')
          }
        />
        {children?.(taking.error)}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={taking.isPending}>
            {button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Others read the reason, and it stays in the history: it holds no card number either. */
function wrongWith(reason: string): Problem | undefined {
  const code = textProblem(reason, longestReason);
  return code && { pointer: '/reason', code, params: { max: longestReason, length: lengthOf(reason) } };
}
