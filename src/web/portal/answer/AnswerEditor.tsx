import { Button, Group, Stack } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useRef, useState } from 'react';
import { answerFormFor } from '#src/domain/answer-form.ts';
import { isChosen, readAnswer } from '#src/domain/read-answer.ts';
import type { Schemas } from '../../api/client.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Aside } from './Aside.tsx';
import styles from './answer.module.css';
import { Conflicts } from './Conflicts.tsx';
import { ErrorSummary } from './ErrorSummary.tsx';
import { FormContext, shownProblems } from './form-context.ts';
import { SaveState } from './SaveState.tsx';
import { SectionCard } from './SectionCard.tsx';
import { texts } from './texts.ts';
import { useDraftKeeper } from './use-draft-keeper.ts';

type Props = { view: Schemas['AnswerForm'] };

/** The form: sections as cards, the request and the payment beside it, the draft saved by itself. */
export function AnswerEditor({ view }: Props) {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const form = useMemo(() => answerFormFor(view.case.notificationType, view.facts), [view]);
  const [keeper, state] = useDraftKeeper(view.case.id, form, view.draft);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [isChecked, setChecked] = useState(false);
  const [isChecking, setChecking] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const { content } = state;
  const reading = useMemo(() => readAnswer(form, content), [form, content]);
  const problems = shownProblems({ reading, notStorable: state.notStorable, touched, isChecked });
  const sections = form.sections.filter(({ askedWhen }) => !askedWhen || isChosen(askedWhen, content, {}));

  const check = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    setChecking(true);
    await keeper.flush();
    setChecking(false);
    const { status, saved, conflicts, notStorable } = keeper.state();
    const isComplete =
      readAnswer(form, keeper.state().content).problems.length === 0 && notStorable.length === 0;
    if (status === 'saved' && isComplete && conflicts.length === 0) {
      await navigate({
        to: '/cases/$caseId/answer/check',
        params: { caseId: view.case.id },
        search: { v: String(saved.version) },
      });
    } else {
      requestAnimationFrame(() => summary.current?.focus());
    }
  };

  return (
    <FormContext
      value={{
        form,
        content,
        problems,
        warnings: reading.warnings,
        change: (next) => keeper.change(next),
        leave: (pointer) => setTouched((before) => new Set([...before, pointer])),
      }}
    >
      <div className={styles.columns}>
        <form onSubmit={(event) => void check(event)} noValidate className={styles.form}>
          <Stack gap="lg">
            <div ref={summary} tabIndex={-1} className={styles.summary}>
              {isChecked && <ErrorSummary problems={problems} form={form} />}
            </div>
            <Conflicts state={state} keeper={keeper} form={form} />
            {sections.map((section) => (
              <SectionCard key={section.name} section={section} />
            ))}
            <div className={styles.bottom}>
              <SaveState state={state} onRetry={() => void keeper.flush()} />
              <Group>
                <Button
                  variant="default"
                  renderRoot={(props) => (
                    <Link to="/cases/$caseId/request" params={{ caseId: view.case.id }} {...props} />
                  )}
                >
                  {t.toCase}
                </Button>
                <Button type="submit" loading={isChecking}>
                  {t.check}
                </Button>
              </Group>
            </div>
          </Stack>
        </form>
        <Aside view={view} sections={sections} problems={reading.problems} />
      </div>
    </FormContext>
  );
}
