import type { DraftContent } from '#src/domain/answer.ts';
import type { LockedCase, WrittenAnswer } from '#src/modules/cases/index.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Sealing } from '#src/platform/sealing.ts';
import type { Checked } from './check-draft.ts';

type Draft = { caseId: string; version: number };

/** A draft as it is stored, sealed for its version. */
export const sealDraft = (key: Sealing, { caseId, version }: Draft, content: DraftContent): Buffer =>
  key.seal(JSON.stringify(content), placeOf('drafts.sealed_content', caseId, version));

export const openDraft = (
  key: Sealing,
  { caseId, version, sealed }: Draft & { sealed: Uint8Array },
): DraftContent =>
  JSON.parse(key.open(sealed, placeOf('drafts.sealed_content', caseId, version)).toString()) as DraftContent;

/** A registered answer as it is stored: its content and the document that was shown, sealed as one. */
export const sealAnswer = (
  key: Sealing,
  { caseId, draftVersion }: { caseId: string; draftVersion: number },
  { answer, document }: Pick<Checked, 'answer' | 'document'>,
): Buffer =>
  key.seal(
    JSON.stringify({ content: answer, document }),
    placeOf('answers.sealed_answer', caseId, draftVersion),
  );

export function openAnswer(
  { id, key }: Pick<LockedCase, 'id' | 'key'>,
  { draftVersion, sealed }: { draftVersion: number; sealed: Uint8Array | null },
): WrittenAnswer {
  if (!sealed) throw new Error(`the answer to case ${id} has no content`);
  return JSON.parse(
    key.open(sealed, placeOf('answers.sealed_answer', id, draftVersion)).toString(),
  ) as WrittenAnswer;
}
