import type { z } from 'zod';
import type { DraftContent } from '#src/domain/answer.ts';
import { nextStatus } from '#src/domain/case-life.ts';
import { instantText } from '#src/domain/days.ts';
import { draftProblems } from '#src/domain/read-answer.ts';
import { Refusal } from '#src/domain/refusals.ts';
import { type LockedCase, lockCase } from '#src/modules/cases/index.ts';
import type { MerchantActor } from '#src/platform/actor.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import { productMoment } from '#src/platform/product-clock.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { Draft } from './answer-schemas.ts';
import { toDraft } from './check-draft.ts';
import { sealDraft } from './sealed-answers.ts';

type SaveDraft = { caseId: string; content: DraftContent };

/**
 * Saves what was typed so far as the next version of the draft. It names the version it was made from (If-Match), so that
 * nobody overwrites what a colleague saved meanwhile; half-typed values are saved as they are.
 */
export async function saveDraft(
  tx: Tx,
  actor: MerchantActor,
  { caseId, content }: SaveDraft,
  { ifMatch, locale }: Pick<Asked, 'ifMatch' | 'locale'>,
): Promise<z.input<typeof Draft>> {
  if (ifMatch === undefined || !/^\d{1,9}$/.test(ifMatch)) throw new Refusal('version_required');
  const found = await lockCase(tx, actor, caseId);
  requireAnswerable(found);
  const problems = draftProblems(found.form, content);
  if (problems.length > 0) throw new Refusal('draft_not_storable', {}, problems);

  const base = Number(ifMatch);
  const before = await tx
    .selectFrom('drafts')
    .leftJoin('users', 'users.id', 'drafts.saved_by')
    .select(['version', 'saved_at', 'users.name'])
    .where('case_id', '=', caseId)
    .executeTakeFirst();
  if ((before?.version ?? 0) !== base) {
    const savedAt = before ? instantText(before.saved_at) : null;
    throw new Refusal('draft_conflict', {
      version: before?.version ?? 0,
      savedBy: before?.name ?? null,
      savedAt,
    });
  }
  tx.record('draft.save', [caseId], { version: base + 1 });
  const savedAt = await store(tx, found, { content, version: base + 1, savedBy: actor.id });
  const saved = { version: base + 1, content, savedAt, savedBy: actor.name };
  return toDraft(found.form, saved, { locale, personalData: 'shown' });
}

/** Refuses drafts for cases whose answer cannot be registered any more, with the reason. */
function requireAnswerable({ status }: LockedCase): void {
  if (status === 'answered') throw new Refusal('already_answered');
  nextStatus(status, 'register_answer', 'merchant');
}

type Stored = { content: DraftContent; version: number; savedBy: string };

async function store(tx: Tx, { id, key }: LockedCase, { content, version, savedBy }: Stored): Promise<Date> {
  const row = {
    version,
    sealed_content: sealDraft(key, { caseId: id, version }, content),
    saved_by: savedBy,
    saved_at: productMoment,
  };
  const { saved_at } = await tx
    .insertInto('drafts')
    .values({ case_id: id, ...row })
    .onConflict((conflict) => conflict.column('case_id').doUpdateSet(row))
    .returning('saved_at')
    .executeTakeFirstOrThrow();
  return saved_at;
}
