import { type ReplyReason, takesAnswer, usualOutlet } from '#src/domain/replies.ts';
import { type Evidence, evidenceOf, takenBack } from '#src/domain/stripe-evidence.ts';
import { getCase } from '#src/modules/cases/index.ts';
import { getSheet } from '#src/modules/returns/index.ts';
import type { InstitutionActor } from '#src/platform/actor.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import { SealingError } from '#src/platform/sealing.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { ClaimedReply } from './claim-replies.ts';

type Found = Awaited<ReturnType<typeof getCase>>;
type FoundAnswer = Found['answers'][number];
type Sheet = Awaited<ReturnType<typeof getSheet>>['sheet'];

/** What is to be sent, opened, with the secret that lets it in. */
export type Letter = {
  secret: string;
  secretSetAt: Date;
} & (
  | { kind: 'stripe'; evidence: Evidence }
  | { kind: 'adyen'; sheet: Sheet }
  | { kind: 'mapping'; message: object }
);

/** `again` where it could not be opened for now. */
export type Loaded =
  | { letter: Letter }
  | { nothing: { is: 'failed' | 'none' | 'again'; reason: ReplyReason } };

const none = (reason: ReplyReason): Loaded => ({ nothing: { is: 'none', reason } });
const failed = (reason: ReplyReason): Loaded => ({ nothing: { is: 'failed', reason } });

/**
 * Opens the answer that a reply sends, or tells why there is nothing to send. That it is opened to be sent is in the audit trail
 * before the first byte leaves.
 */
export async function loadLetter(tx: Tx, reply: ClaimedReply, provider: string): Promise<Loaded> {
  const { kind, caseId, version, adapterId, tries } = reply;
  if (!takesAnswer(kind, reply.reference)) return none('takes_no_answer');
  if (!reply.isOn || !reply.sealedSecret || !reply.secretSetAt) return none('replies_off');
  if (reply.reference === null || (kind === 'adyen' && reply.account === null)) return failed('no_account');
  try {
    const found = await getCase(tx, asInstitution(reply), { caseId });
    if (found.status === 'withdrawn') return none('case_withdrawn');
    const answer = found.answers.find((each) => each.version === version);
    if (found.personalData === 'erased' || !answer) return failed('erased');
    if (takesOneAnswer(reply) && found.answers.some((each) => each.version > version))
      return none('overtaken');
    const made = await contentOf(tx, reply, { found, answer, provider });
    if ('reason' in made) return failed(made.reason);
    const place = placeOf('adapter_outlets.sealed_secret', adapterId);
    const secret = tx.vault.open(reply.sealedSecret, place).toString();
    tx.record('adapter.send_answer', [adapterId, caseId], { version, tries: tries + 1 });
    return { letter: { secret, secretSetAt: reply.secretSetAt, ...made } };
  } catch (error) {
    if (error instanceof SealingError) return failed('unreadable');
    throw error;
  }
}

/** What is submitted there cannot be put right there: an answer known to be wrong must not be the one that counts. */
const takesOneAnswer = ({ kind, settings }: ClaimedReply): boolean =>
  kind === 'adyen' || (kind === 'stripe' && (settings ?? usualOutlet).submit);

/** The provider is told what the institution may see that asked. */
const asInstitution = ({ institutionId }: ClaimedReply): InstitutionActor => ({
  kind: 'institution',
  ...{ id: '', name: '', rights: new Set(), institutionId },
});

type Opened = { found: Found; answer: FoundAnswer; provider: string };
type Made =
  | { kind: 'stripe'; evidence: Evidence }
  | { kind: 'adyen'; sheet: Sheet }
  | { kind: 'mapping'; message: object }
  | { reason: ReplyReason };

async function contentOf(tx: Tx, reply: ClaimedReply, { found, answer, provider }: Opened): Promise<Made> {
  const { kind, caseId, version } = reply;
  switch (kind) {
    case 'stripe':
      return evidenceFor(found, answer);
    case 'adyen': {
      const { sheet } = await getSheet(tx, asInstitution(reply), { caseId, version, provider });
      return { kind, sheet };
    }
    case 'mapping':
      return { kind, message: messageOf(found, answer) };
  }
}

function evidenceFor(found: Found, answer: FoundAnswer): Made {
  const made = evidenceOf(toldBy(found, answer));
  if ('problem' in made) return { reason: made.problem };
  const before = found.answers
    .filter(({ version }) => version < answer.version)
    .map((each) => toldBy(found, each));
  const told = Object.assign(
    {},
    ...before.map(evidenceOf).map((each) => ('evidence' in each ? each.evidence : {})),
  );
  return { kind: 'stripe', evidence: { ...takenBack(told, made.evidence), ...made.evidence } };
}

const toldBy = ({ id, payment }: Found, answer: FoundAnswer) => ({
  head: [id, `v${answer.version}`, answer.registeredAt, `SHA-256 ${answer.sha256}`].join(' '),
  content: answer.content as Parameters<typeof evidenceOf>[0]['content'],
  document: answer.document,
  productName: payment.productName,
});

/** What a mapping makes its body of: the case's head as it asked, and the answer as the feed of answers tells it. */
const messageOf = (found: Found, answer: FoundAnswer) => ({
  ...{ caseId: found.id, institutionReference: found.institutionReference },
  ...{ notificationType: found.notificationType, mid: found.mid, sid: found.sid },
  ...{ requestedAt: found.requestedAt, dueAt: found.dueAt, payment: found.payment },
  answer: {
    ...{ version: answer.version, previousVersion: answer.version > 1 ? answer.version - 1 : null },
    ...{ registeredAt: answer.registeredAt, late: answer.late, sha256: answer.sha256 },
    ...{ content: answer.content, document: answer.document },
  },
});
