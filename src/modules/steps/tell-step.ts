import { sql } from 'kysely';
import type { CategoryCode } from '#src/domain/categories.ts';
import type { Locale } from '#src/domain/text.ts';
import { type MailParts, writeMail } from '#src/modules/mail/index.ts';
import { contactsFor, nameService } from '#src/modules/merchants/index.ts';
import { findOperators } from '#src/modules/people/index.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { stepLetter } from './step-letter.ts';
import { type ToldStep, toldSteps } from './told-steps.ts';

/** `id` where it is a contact. */
type Recipient = { id?: string; name: string; email: string; locale: Locale };

type Order = MailParts & { caseId: string; sequence: number };

type Notice = {
  caseId: string;
  sequence: number;
  step: ToldStep;
  mid: string;
  sid: string;
  category: CategoryCode;
  dueAt: Date | null;
  isUnheardOf: boolean;
};

/**
 * Writes the mails of a step, and of the same step of the service's other cases that waits: to operators what a merchant asks, to the
 * service's contacts everything else. Asked again for what was told, it does nothing.
 */
export async function tellStep(tx: Tx, { caseId, sequence, ...how }: Order): Promise<void> {
  const waiting = await takeWaiting(tx, { caseId, sequence });
  const [about] = waiting;
  if (!about) return;
  const { step } = about;
  // The end of a request that nobody was told of would come as news from nowhere.
  const cases = toldSteps[step].ends ? waiting.filter(({ isUnheardOf }) => !isUnheardOf) : waiting;
  const to: Recipient[] =
    toldSteps[step].to === 'operators' ? await findOperators(tx) : await contactsFor(tx, about);
  await noteTold(tx, waiting, cases.length > 0 ? to.length : 0);
  if (cases.length === 0) return;
  const { merchant, service } = await nameService(tx, about);
  for (const { id, name, email, locale } of to) {
    const told = { ...about, cases, merchantName: merchant, serviceName: service };
    const letter = stepLetter(told, { name, locale, sender: how.sender });
    // What operators are told is no mail of the merchant's.
    const place =
      toldSteps[step].to === 'operators' ? { mid: null, sid: null } : { mid: about.mid, sid: about.sid };
    const mailAbout = { ...place, caseIds: cases.map((each) => each.caseId) };
    // The address of a contact may be another one by the time it is sent again.
    const addressee = { name, address: email, ...(id !== undefined && { contactId: id }) };
    await writeMail(tx, { to: addressee, letter, about: mailAbout, ...how });
  }
}

/** Locked in one order, so that of two jobs for one service the second finds that all was told. */
async function takeWaiting(tx: Tx, { caseId, sequence }: Pick<Order, 'caseId' | 'sequence'>) {
  const { rows } = await sql<Notice>`
    select waiting.case_id as "caseId", waiting.sequence, waiting.step, cases.mid, cases.sid, cases.category,
      case_events.due_at as "dueAt",
      exists (select from announcements where announcements.case_id = cases.id
        and (announced_at is null or outcome = 'closed')) as "isUnheardOf"
    from step_notices own
      join cases as its on its.id = own.case_id
      join step_notices waiting on waiting.step = own.step and waiting.told_at is null
      join cases on cases.id = waiting.case_id
        and (cases.mid, cases.sid, cases.category) = (its.mid, its.sid, its.category)
      join case_events on (case_events.case_id, case_events.sequence) = (waiting.case_id, waiting.sequence)
    where own.case_id = ${caseId} and own.sequence = ${sequence} and own.told_at is null
    order by waiting.case_id, waiting.sequence
    for update of waiting`.execute(tx);
  return rows;
}

async function noteTold(tx: Tx, told: readonly Notice[], people: number): Promise<void> {
  await sql`
    update step_notices set told_at = now(), people = ${people}
    where (case_id, sequence) in (select * from unnest(${told.map(({ caseId }) => caseId)}::text[],
      ${told.map(({ sequence }) => sequence)}::integer[]))`.execute(tx);
}
