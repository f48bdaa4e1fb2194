/**
 * Answers (回答): drafted, checked, registered once and for good. Owns `drafts` and `answers`; what an answer is made of is
 * the catalogue's in `domain/`.
 */
export { toSection } from './get-answer-form.ts';
export { registerAnswer } from './register-answer.ts';
export { answerEndpoints } from './routes.ts';
export { saveDraft } from './save-draft.ts';
