import { z } from 'zod';
import { Refusal } from '#src/domain/refusals.ts';
import type { OperatorActor } from '#src/platform/actor.ts';
import { prose } from '#src/platform/http/prose.ts';
import { newId } from '#src/platform/ids.ts';
import type { Reader, Tx } from '#src/platform/transaction.ts';

const words = {
  name: prose(100).pipe(z.string().regex(/\S/)),
  body: prose(4000).pipe(z.string().regex(/\S/)),
};

export const TemplateWords = z.object(words);
export const NewTemplate = z.object({ institutionId: z.string().max(32), ...words });
export const Template = z
  .object({ id: z.uuid(), institutionId: z.string(), name: z.string(), body: z.string(), version: z.int() })
  .meta({ id: 'SupplementTemplate', description: '加盟店様への依頼補足事項の定型文' });
export const Templates = z.object({ data: z.array(Template) }).meta({ id: 'SupplementTemplates' });

type Words = z.output<typeof TemplateWords>;
type Shown = z.input<typeof Template>;

/** An institution's templates by name. There are as many as people keep by hand, so they come on one page. */
export async function listTemplates(
  db: Reader,
  _: OperatorActor,
  { institutionId }: { institutionId: string },
): Promise<{ data: Shown[] }> {
  const data = await select(db)
    .where('institution_id', '=', institutionId)
    .orderBy('name')
    .limit(500)
    .execute();
  return { data };
}

/** Keeps a text for requests of an institution; two of one institution have different names. */
export async function addTemplate(
  tx: Tx,
  _: OperatorActor,
  { institutionId, name, body }: Words & { institutionId: string },
): Promise<Shown> {
  const institution = await tx
    .selectFrom('institutions')
    .select('id')
    .where('id', '=', institutionId)
    .executeTakeFirst();
  if (!institution)
    throw new Refusal('invalid_request', {}, [{ pointer: '/institutionId', code: 'unknown_institution' }]);
  const id = newId();
  const added = await tx
    .insertInto('supplement_templates')
    .values({ id, institution_id: institutionId, name: name.trim(), body })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) throw new Refusal('template_exists');
  tx.record('template.add', [id], { institutionId });
  return { id, institutionId, name: name.trim(), body, version: 1 };
}

type Known = { templateId: string; version: number };

/** Changes a template that is still as the caller saw it. Requests taken in before keep their text. */
export async function changeTemplate(
  tx: Tx,
  _: OperatorActor,
  { templateId, version, name, body }: Known & Words,
): Promise<Shown> {
  const { institutionId } = await lockTemplate(tx, { templateId, version });
  const twin = await select(tx)
    .where('institution_id', '=', institutionId)
    .where('name', '=', name.trim())
    .where('id', '!=', templateId)
    .executeTakeFirst();
  if (twin) throw new Refusal('template_exists');
  const values = { name: name.trim(), body, version: version + 1 };
  await tx.updateTable('supplement_templates').set(values).where('id', '=', templateId).execute();
  tx.record('template.change', [templateId], { institutionId });
  return { id: templateId, institutionId, ...values };
}

/** Removes a template that is still as the caller saw it. */
export async function removeTemplate(tx: Tx, _: OperatorActor, known: Known): Promise<undefined> {
  const { institutionId } = await lockTemplate(tx, known);
  await tx.deleteFrom('supplement_templates').where('id', '=', known.templateId).execute();
  tx.record('template.remove', [known.templateId], { institutionId });
}

async function lockTemplate(tx: Tx, { templateId, version }: Known): Promise<Shown> {
  const found = await select(tx).where('id', '=', templateId).forUpdate().executeTakeFirst();
  if (!found) throw new Refusal('not_found');
  if (found.version !== version) throw new Refusal('changed_meanwhile');
  return found;
}

const select = (db: Reader) =>
  db
    .selectFrom('supplement_templates')
    .select(['id', 'institution_id as institutionId', 'name', 'body', 'version']);
