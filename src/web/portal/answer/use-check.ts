import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type RefObject, useRef, useState } from 'react';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import { readAnswer } from '#src/domain/read-answer.ts';
import type { DraftKeeper, DraftState } from './draft-keeper.ts';

type Check = {
  /** Whether 確認 was pressed, so that everything that is missing may be said. */
  isChecked: boolean;
  isChecking: boolean;
  check: (event: FormEvent) => void;
  /** What stands above the form and says why it cannot be checked yet, and the way there. */
  top: RefObject<HTMLDivElement | null>;
  goToTop: () => void;
};

/** 手順書「『確認』ボタンをクリックしてください」: saves, then shows what is wrong, or the check page for what was saved. */
export function useCheck(caseId: string, form: AnswerForm, keeper: DraftKeeper): Check {
  const navigate = useNavigate();
  const top = useRef<HTMLDivElement>(null);
  const [isChecked, setChecked] = useState(false);
  const [isChecking, setChecking] = useState(false);
  const check = async (): Promise<void> => {
    setChecked(true);
    setChecking(true);
    await keeper.flush().finally(() => setChecking(false));
    const state = keeper.state();
    if (isReady(form, state)) {
      await navigate({
        to: '/cases/$caseId/answer/check',
        params: { caseId },
        search: { v: String(state.saved.version) },
      });
    } else requestAnimationFrame(goToTop);
  };
  const goToTop = (): void => {
    top.current?.focus({ preventScroll: true });
    top.current?.scrollIntoView();
  };
  return {
    isChecked,
    isChecking,
    check: (event) => {
      event.preventDefault();
      void check();
    },
    top,
    goToTop,
  };
}

function isReady(form: AnswerForm, { content, status, conflicts, notStorable }: DraftState): boolean {
  if (status !== 'saved' || conflicts.length > 0 || notStorable.length > 0) return false;
  return readAnswer(form, content).problems.length === 0;
}
