import { lazy, Suspense, useState } from 'react';
import type { Session, SignInStep } from '../../api/session.ts';
import { Loading } from '../../ui/Loading.tsx';
import { LoginForm } from './LoginForm.tsx';

// What most logins of a day need is the password alone; the steps after it are loaded when there are any.
const SignInSteps = lazy(async () => ({ default: (await import('./steps/SignInSteps.tsx')).SignInSteps }));

type Props = {
  /** Who logs in again, and for which merchant; unset: nobody knows yet. */
  again?: { userId: string; membershipId: string };
  onDone: () => void;
};

/** Logging in, from the user id to the last step. */
export function SignIn({ again, onDone }: Props) {
  const [step, setStep] = useState<SignInStep>();
  const proceed = (reply: Session | SignInStep): void => ('step' in reply ? setStep(reply) : onDone());
  if (!step) return <LoginForm {...(again && { userId: again.userId })} onReply={proceed} />;
  return (
    <Suspense fallback={<Loading rows={3} />}>
      <SignInSteps
        step={step}
        membershipId={again?.membershipId}
        onReply={proceed}
        onRestart={() => setStep(undefined)}
      />
    </Suspense>
  );
}
