import { findYearsToConfirm } from '#src/modules/calendar/index.ts';
import { findFailedImports } from '#src/modules/imports/index.ts';
import type { MailParts } from '#src/modules/mail/index.ts';
import { findUnreachable, type UnreachableContact } from '#src/modules/merchants/index.ts';
import { type Admin, findAdmins, findOperators } from '#src/modules/people/index.ts';
import type { Queue } from '#src/platform/jobs.ts';
import type { InTransaction, Tx } from '#src/platform/transaction.ts';
import { failedLetter } from './failed-letter.ts';
import { subjectsTold, tellOnce } from './tell-once.ts';
import { unreachableLetter } from './unreachable-letter.ts';
import { yearLetter } from './year-letter.ts';

export type Alerting = { inTransaction: InTransaction; how: MailParts };

/** Looks each minute for what operators are to be told of. */
export const alertQueues = (parts: Alerting): Queue[] => [
  {
    name: 'tell-operators',
    schedule: '* * * * *',
    // What failed once is done a minute later.
    retries: 0,
    retryAfterSeconds: 60,
    work: async () => {
      await tellOfYears(parts);
      await parts.inTransaction((tx) => tellOfFailedImports(tx, parts.how));
      await parts.inTransaction((tx) => tellOfUnreachable(tx, parts.how));
    },
  },
];

/** Tells the PSP's admins of each year that is near and whose closing days nobody has confirmed. */
export const tellOfYears = ({ inTransaction, how }: Alerting): Promise<void> =>
  inTransaction(async (tx) => {
    const years = await findYearsToConfirm(tx);
    if (years.length === 0) return;
    const to = await findAdmins(tx, { mid: null, sids: null });
    for (const year of years) {
      const letterFor = yearLetter(year, how.sender);
      await tellOnce(tx, { kind: 'year_not_confirmed', subject: String(year), to, letterFor }, how);
    }
  });

/** Tells operators of each file that could not be taken in to its end; one that goes on and fails again is told of again. */
async function tellOfFailedImports(tx: Tx, how: MailParts): Promise<void> {
  const failed = await findFailedImports(tx);
  if (failed.length === 0) return;
  const to = await findOperators(tx);
  for (const one of failed) {
    const subject = `${one.id} ${one.failedAt.toISOString()}`;
    await tellOnce(tx, { kind: 'import_failed', subject, to, letterFor: failedLetter(one, how.sender) }, how);
  }
}

/**
 * Tells of each contact whose mails do not arrive (送信不能): the merchant's admins who look after its service, and operators, as the
 * requests it was to be told of go on to be due.
 */
async function tellOfUnreachable(tx: Tx, how: MailParts): Promise<void> {
  const contacts = await findUnreachable(tx);
  if (contacts.length === 0) return;
  const told = await subjectsTold(tx, 'contact_unreachable');
  const untold = contacts.filter((one) => !told.has(subjectOf(one)));
  const operators = await findOperators(tx);
  for (const one of untold) await tellOfContact(tx, { one, operators, how });
}

/** A contact that becomes unreachable once more is another matter. */
const subjectOf = ({ id, since }: UnreachableContact): string => `${id} ${since.toISOString()}`;

type Telling = { one: UnreachableContact; operators: readonly Admin[]; how: MailParts };

async function tellOfContact(tx: Tx, { one, operators, how }: Telling): Promise<void> {
  const admins = await findAdmins(tx, { mid: one.mid, sids: one.sid === null ? null : [one.sid] });
  // An admin who is the contact would not get it either.
  const reached = admins.filter(({ email }) => email.toLowerCase() !== one.email.toLowerCase());
  const subject = subjectOf(one);
  const letterFor = unreachableLetter(one, how.sender);
  await tellOnce(
    tx,
    { kind: 'contact_unreachable', subject, to: [...reached, ...operators], letterFor },
    how,
  );
}
