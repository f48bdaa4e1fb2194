import type { z } from 'zod';
import type { DraftContent } from '#src/domain/answer.ts';
import { instantText } from '#src/domain/days.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Locale } from '#src/domain/text.ts';
import {
  type LockedCase,
  lockCase,
  moveCase,
  type RegisteredAnswer,
  toRegisteredAnswer,
} from '#src/modules/cases/index.ts';
import type { MerchantActor } from '#src/platform/actor.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { type Checked, checkDraft } from './check-draft.ts';
import { openAnswer, openDraft, sealAnswer } from './sealed-answers.ts';

type RegisterAnswer = { caseId: string; draftVersion: number; checkedSha256?: string | undefined };
type Registered = z.input<typeof RegisteredAnswer>;

/**
 * Registers the draft the merchant has just checked. It cannot be undone: the stored answer never changes, and only an
 * operator can open the case for a further version. Asking again for the same draft gives the answer that is registered.
 */
export async function registerAnswer(
  tx: Tx,
  actor: MerchantActor,
  { caseId, draftVersion, checkedSha256 }: RegisterAnswer,
  { locale }: Pick<Asked, 'locale'>,
): Promise<Registered> {
  const found = await lockCase(tx, actor, caseId);
  if (found.status === 'answered') return repeated(tx, actor, { found, draftVersion });

  const draft = await tx
    .selectFrom('drafts')
    .select(['version', 'sealed_content'])
    .where('case_id', '=', caseId)
    .executeTakeFirst();
  // A colleague may have saved after the check page was shown; nobody registers what they have not seen.
  if ((draft?.version ?? 0) !== draftVersion) {
    throw new Refusal('draft_changed', { seen: draftVersion, now: draft?.version ?? 0 });
  }
  if (found.status === 'correcting') await requireNextVersion(tx, actor, { caseId, draftVersion });
  const checked = checkDraft(found.form, contentOf(found, draft), locale);
  if (checked.problems.length > 0) throw new Refusal('answer_incomplete', {}, checked.problems);
  // Labels may have changed with a new release between the check page and now.
  if (checkedSha256 !== undefined && checkedSha256 !== checked.sha256) throw new Refusal('draft_changed');
  return append(tx, actor, { found, draftVersion, checked, locale });
}

/**
 * The next version is another answer than the one before: its draft was saved since. Where the institution wants four eyes, somebody
 * else registers it.
 */
async function requireNextVersion(
  tx: Tx,
  actor: MerchantActor,
  { caseId, draftVersion }: { caseId: string; draftVersion: number },
): Promise<void> {
  const last = await tx
    .selectFrom('answers')
    .innerJoin('cases', 'cases.id', 'answers.case_id')
    .innerJoin('institutions', 'institutions.id', 'cases.institution_id')
    .select(['answers.version', 'draft_version', 'registered_by', 'second_person_corrects'])
    .where('case_id', '=', caseId)
    .orderBy('answers.version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!last) throw new Error(`case ${caseId} is corrected and has no answer`);
  if (draftVersion <= last.draft_version) throw new Refusal('draft_unchanged', { version: last.version });
  if (last.second_person_corrects && last.registered_by === actor.id) {
    throw new Refusal('somebody_else_registers', { version: last.version });
  }
}

function contentOf({ id, key }: LockedCase, draft: StoredDraft | undefined): DraftContent {
  if (!draft?.sealed_content) return {};
  return openDraft(key, { caseId: id, version: draft.version, sealed: draft.sealed_content });
}

type StoredDraft = { version: number; sealed_content: Buffer | null };

type Append = { found: LockedCase; draftVersion: number; checked: Checked; locale: Locale };

async function append(
  tx: Tx,
  actor: MerchantActor,
  { found, draftVersion, checked, locale }: Append,
): Promise<Registered> {
  const { at, late } = await moveCase(tx, actor, found, { step: 'register_answer' });
  const row = await tx
    .insertInto('answers')
    .values((eb) => ({
      case_id: found.id,
      version: eb
        .selectFrom('answers')
        .select((inner) => inner(inner.fn.coalesce(inner.fn.max('version'), inner.lit(0)), '+', 1).as('next'))
        .where('case_id', '=', found.id),
      draft_version: draftVersion,
      sealed_answer: sealAnswer(found.key, { caseId: found.id, draftVersion }, checked),
      locale,
      sha256: checked.sha256,
      registered_by_kind: actor.kind,
      registered_by: actor.id,
      registered_at: at,
      late,
    }))
    .returning('version')
    .executeTakeFirstOrThrow();
  const { answer, document, sha256 } = checked;
  const registered = { version: row.version, draftVersion, content: answer, document, sha256, late };
  return toRegisteredAnswer(actor, { ...registered, registeredAt: at, registeredBy: actor.name });
}

/** A retry after a lost reply gets the answer it registered; everybody else learns who was first. */
async function repeated(
  tx: Tx,
  actor: MerchantActor,
  { found, draftVersion }: { found: LockedCase; draftVersion: number },
): Promise<Registered> {
  const caseId = found.id;
  const last = await tx
    .selectFrom('answers')
    .leftJoin('users', 'users.id', 'answers.registered_by')
    .select(['version', 'draft_version', 'sealed_answer', 'sha256', 'late', 'registered_at', 'registered_by'])
    .select('users.name')
    .where('case_id', '=', caseId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  if (last.registered_by !== actor.id || last.draft_version !== draftVersion) {
    throw new Refusal('already_answered', {
      registeredBy: last.name,
      registeredAt: instantText(last.registered_at),
      version: last.version,
    });
  }
  tx.record('case.look', [caseId]);
  const { version, sha256, late } = last;
  return toRegisteredAnswer(actor, {
    ...{ version, draftVersion, sha256, late },
    ...openAnswer(found, { draftVersion, sealed: last.sealed_answer }),
    registeredAt: last.registered_at,
    registeredBy: actor.name,
  });
}
