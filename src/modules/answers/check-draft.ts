import type { z } from 'zod';
import type { DraftContent } from '#src/domain/answer.ts';
import { type ShownSection, showAnswer } from '#src/domain/answer-document.ts';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import { instantText } from '#src/domain/days.ts';
import { type AnswerReading, readAnswer } from '#src/domain/read-answer.ts';
import type { Locale } from '#src/domain/text.ts';
import { sha256Of } from '#src/platform/canonical-json.ts';
import { toProblemItem } from '#src/platform/http/problem.ts';
import type { Draft } from './answer-schemas.ts';

export type Checked = AnswerReading & { document: ShownSection[]; sha256: string };

/** What a draft would be as a registered answer: the check page shows this, and registering stores this and nothing else. */
export function checkDraft(form: AnswerForm, content: DraftContent, locale: Locale): Checked {
  const reading = readAnswer(form, content);
  const document = showAnswer(form, reading.answer, locale);
  return { ...reading, document, sha256: sha256Of({ content: reading.answer, document }).toString('hex') };
}

type SavedDraft = {
  version: number;
  content: DraftContent;
  savedAt: Date | string | null;
  savedBy: string | null;
};

export const noDraft: SavedDraft = { version: 0, content: {}, savedAt: null, savedBy: null };

/** A draft as the API tells it. */
export function toDraft(form: AnswerForm, draft: SavedDraft, locale: Locale): z.input<typeof Draft> {
  const { document, sha256, problems, warnings } = checkDraft(form, draft.content, locale);
  return {
    version: draft.version,
    content: { ...draft.content },
    savedAt: draft.savedAt && instantText(new Date(draft.savedAt)),
    savedBy: draft.savedBy,
    check: {
      document,
      sha256,
      problems: problems.map((problem) => toProblemItem(problem, locale)),
      warnings: warnings.map((warning) => toProblemItem(warning, locale)),
    },
  };
}
