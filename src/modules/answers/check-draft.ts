import type { z } from 'zod';
import type { DraftContent } from '#src/domain/answer.ts';
import { type ShownSection, showAnswer } from '#src/domain/answer-document.ts';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import type { PersonalDataState } from '#src/domain/data-classes.ts';
import { instantText } from '#src/domain/days.ts';
import { maskedContent, maskedDocument } from '#src/domain/mask.ts';
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

/**
 * A draft as the API tells it. Masked, it holds only what can be read: what is half-typed could be anything. The hash goes
 * too, as it could be guessed from.
 */
export function toDraft(
  form: AnswerForm,
  draft: SavedDraft,
  { locale, personalData }: { locale: Locale; personalData: PersonalDataState },
): z.input<typeof Draft> {
  const checked = checkDraft(form, draft.content, locale);
  const { problems, warnings } = checked;
  const isShown = personalData === 'shown';
  const content = isShown ? draft.content : maskedContent(checked.answer);
  const document = isShown ? checked.document : maskedDocument(checked.document);
  const sha256 = isShown ? checked.sha256 : null;
  return {
    version: draft.version,
    content: { ...content },
    personalData,
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
