import { sql } from 'kysely';
import type { CategoryCode } from '#src/domain/categories.ts';
import { type Sender, writeMail } from '#src/modules/mail/index.ts';
import { contactsFor, nameService } from '#src/modules/merchants/index.ts';
import { findOperators } from '#src/modules/people/index.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { stepLetter, type ToldStep, toldSteps } from './step-letter.ts';

type Order = { caseId: string; sequence: number; step: ToldStep; sender: Sender; isKept: boolean };
type Row = { mid: string; sid: string; category: CategoryCode; dueAt: Date | null };

/** Writes the mails of a step: to operators what a merchant asks, to the service's contacts everything else. */
export async function tellStep(tx: Tx, { caseId, sequence, step, ...how }: Order): Promise<void> {
  const { rows } = await sql<Row>`
    select mid, sid, category, case_events.due_at as "dueAt"
    from cases join case_events on case_id = cases.id and sequence = ${sequence}
    where cases.id = ${caseId}`.execute(tx);
  const [about] = rows;
  if (!about) throw new Error(`case ${caseId} has no step ${sequence}`);
  const { merchant, service } = await nameService(tx, about);
  const to = toldSteps[step].to === 'operators' ? await findOperators(tx) : await contactsFor(tx, about);
  for (const { name, email, locale } of to) {
    const told = { ...about, caseId, step, merchantName: merchant, serviceName: service };
    const letter = stepLetter(told, { name, locale, sender: how.sender });
    const mailAbout = { mid: about.mid, sid: about.sid, caseIds: [caseId] };
    await writeMail(tx, { to: { name, address: email }, letter, about: mailAbout, ...how });
  }
}
