import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Refusal } from '#src/domain/refusals.ts';
import { getCase } from '#src/modules/cases/index.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Asked } from '#src/platform/http/endpoint.ts';
import type { Acting, Reader } from '#src/platform/transaction.ts';
import type { Printer } from './sheet/printer.ts';
import type { Sheet } from './sheet/sheet.ts';
import { toSheet } from './sheet/to-sheet.ts';

export type PrintParts = { printer: Printer; provider: string };
type Which = { caseId: string; version?: number | undefined };

/**
 * A registered answer as an answer sheet (回答書), the newest version unless another is named. It is recorded before anything
 * of it is given; who sees personal data masked gets it masked.
 */
export const printAnswer =
  ({ printer, provider }: PrintParts) =>
  async ({ inTransaction }: Acting, actor: Actor, which: Which, asked: Asked): Promise<Readable> => {
    const { sheet, version } = await inTransaction(async (tx) => {
      const found = await getSheet(tx, actor, { ...which, provider });
      tx.record('answer.print', [which.caseId], {
        version: found.version,
        personalData: found.personalData,
      });
      return found;
    });
    const bytes = await printer.print(sheet);
    const name = `${which.caseId}-v${version}.pdf`;
    asked.setHeader('content-disposition', `attachment; filename="${name}"`);
    asked.setHeader('content-length', String(bytes.length));
    asked.setHeader('etag', `"${createHash('sha256').update(bytes).digest('hex')}"`);
    return Readable.from([bytes]);
  };

type SheetOfCase = { sheet: Sheet; version: number; personalData: string };

/** A version of an answer as its sheet, the newest unless another is named; for whoever prints it and records that. */
export async function getSheet(
  db: Reader,
  actor: Actor,
  { caseId, version, provider }: Which & { provider: string },
): Promise<SheetOfCase> {
  const found = await getCase(db, actor, { caseId });
  const answer = version ? found.answers.find((each) => each.version === version) : found.answers.at(-1);
  if (!answer) throw new Refusal('answer_not_found');
  if (found.personalData === 'erased') throw new Refusal('case_erased');
  const { locale } = await db
    .selectFrom('answers')
    .select('locale')
    .where('case_id', '=', caseId)
    .where('version', '=', answer.version)
    .executeTakeFirstOrThrow();
  const sheet = toSheet({ found, answer, locale, provider });
  return { sheet, version: answer.version, personalData: found.personalData };
}
