import { createContext, useContext } from 'react';
import type { DraftContent } from '#src/domain/answer.ts';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import type { Problem } from '#src/domain/problems.ts';
import type { AnswerReading } from '#src/domain/read-answer.ts';

type FormState = {
  form: AnswerForm;
  content: DraftContent;
  /** What is shown to be wrong now. */
  problems: readonly Problem[];
  warnings: readonly Problem[];
  change: (content: DraftContent) => void;
  /** A field was left, so what is wrong with it may be said. */
  leave: (pointer: string) => void;
};

/** The form that the fields on the page belong to. */
export const FormContext = createContext<FormState | null>(null);

export function useForm(): FormState {
  const state = useContext(FormContext);
  if (!state) throw new Error('a field stands outside of its form');
  return state;
}

type Given = {
  reading: AnswerReading;
  notStorable: readonly Problem[];
  touched: ReadonlySet<string>;
  isChecked: boolean;
};

const missing = new Set(['required', 'choice_required', 'one_of_required']);

/**
 * What to say of all that is wrong: after 確認 everything; before it what cannot be stored, and what is wrong with fields
 * that were left. That something is still missing is not said while one is filling in.
 */
export function shownProblems({ reading, notStorable, touched, isChecked }: Given): Problem[] {
  const wrong = reading.problems.filter(
    ({ pointer, code }) => isChecked || (touched.has(pointer) && !missing.has(code)),
  );
  const told = new Set(wrong.map(({ pointer }) => pointer));
  return [...wrong, ...notStorable.filter(({ pointer }) => !told.has(pointer))];
}

/** The id of a field on the page, from its pointer. */
export const fieldId = (pointer: string): string => `field${pointer.replaceAll('/', '-')}`;
