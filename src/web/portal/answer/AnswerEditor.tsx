import { Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { answerFormFor } from '#src/domain/answer-form.ts';
import { isChosen, readAnswer } from '#src/domain/read-answer.ts';
import type { Schemas } from '../../api/client.ts';
import { Aside } from './Aside.tsx';
import styles from './answer.module.css';
import { Conflicts } from './Conflicts.tsx';
import { ErrorSummary } from './ErrorSummary.tsx';
import { FormBar } from './FormBar.tsx';
import { focusPlace } from './focus-field.ts';
import { FormContext, shownProblems } from './form-context.ts';
import { SectionCard } from './SectionCard.tsx';
import { useCheck } from './use-check.ts';
import { useDraftKeeper } from './use-draft-keeper.ts';
import { useLeaving } from './use-leaving.ts';

// Apart from the form, but asked for with it: it is needed just when the server cannot be reached.
const leaveDialog = import('./LeaveDialog.tsx');
const LeaveDialog = lazy(async () => ({ default: (await leaveDialog).LeaveDialog }));

type Props = { view: Schemas['AnswerForm'] };

/** The form: sections as cards, the request and the payment beside it, the draft saved by itself. */
export function AnswerEditor({ view }: Props) {
  const form = useMemo(() => answerFormFor(view.case.notificationType, view.facts), [view]);
  const [keeper, state] = useDraftKeeper(view.case.id, form, view.draft);
  const leaving = useLeaving(keeper, state);
  const { isChecked, isChecking, check, top, goToTop } = useCheck(view.case.id, form, keeper);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const isWide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  useStartAtPlace();
  const { content } = state;
  const reading = useMemo(() => readAnswer(form, content), [form, content]);
  const problems = shownProblems({ reading, notStorable: state.notStorable, touched, isChecked });
  const sections = form.sections.filter(({ askedWhen }) => !askedWhen || isChosen(askedWhen, content, {}));
  const leave = (pointer: string): void => {
    setTouched((before) => new Set([...before, pointer]));
    // A save that failed is left alone here: what is said of it would be gone from under the pointer that goes for it.
    if (keeper.state().status === 'changed') void keeper.flush();
  };
  const aside = <Aside view={view} sections={sections} problems={reading.problems} isFolded={!isWide} />;
  const change = (next: typeof content): void => keeper.change(next);
  return (
    <FormContext value={{ form, content, problems, warnings: reading.warnings, change, leave }}>
      <div className={styles.columns}>
        {!isWide && aside}
        <form onSubmit={check} noValidate className={styles.form}>
          <Stack gap="lg">
            <div ref={top} tabIndex={-1} className={styles.summary}>
              <Conflicts state={state} keeper={keeper} form={form} />
              {isChecked && <ErrorSummary problems={problems} form={form} />}
            </div>
            {sections.map((section) => (
              <SectionCard key={section.name} section={section} />
            ))}
            <FormBar
              caseId={view.case.id}
              form={form}
              keeper={keeper}
              state={state}
              isChecking={isChecking}
              onDecide={goToTop}
            />
          </Stack>
        </form>
        {isWide && aside}
      </div>
      <Suspense>
        <LeaveDialog leaving={leaving} state={state} form={form} />
      </Suspense>
    </FormContext>
  );
}

/** 「変更」 on the check page leads to a section; by then the form has only just arrived. */
function useStartAtPlace(): void {
  useEffect(() => {
    const place = window.location.hash.slice(1);
    if (place !== '') requestAnimationFrame(() => focusPlace(place));
  }, []);
}
