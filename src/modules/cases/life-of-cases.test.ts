/** INV-08, INV-09: cases walked at random over the API are, row by row, where a model of plain values says. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import {
  aMerchant,
  anInstitution,
  anOperator,
  aRequest,
  as,
  cancelled,
  inDays,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();
const steps = [
  ...(['answer', 'answer', 'askCorrection', 'askExtension', 'grantCorrection', 'refuseCorrection'] as const),
  ...(['grantExtension', 'refuseExtension', 'open', 'followUp', 'end', 'withdraw'] as const),
] as const;
type Step = (typeof steps)[number];
type Model = { status: string; versions: number; open: 'correction' | 'extension' | null; asked: number };

const start: Model = { status: 'received', versions: 0, open: null, asked: 0 };

/** What a step makes of a case; undefined where it is refused. */
function next(model: Model, step: Step): Model | undefined {
  const isWaiting = model.status === 'received' || model.status === 'correcting';
  const settled = { ...model, open: null };
  const decided = (kind: Model['open'], status: string) =>
    model.open === kind ? { ...settled, status } : undefined;
  if (step === 'askCorrection' || step === 'askExtension') return asked(model, step, isWaiting);
  if (step === 'grantCorrection') return decided('correction', 'correcting');
  if (step === 'refuseCorrection') return decided('correction', model.status);
  if (step === 'grantExtension' || step === 'refuseExtension') return decided('extension', model.status);
  return moved(model, step, isWaiting);
}

function asked(model: Model, step: 'askCorrection' | 'askExtension', isWaiting: boolean): Model | undefined {
  const kind = step === 'askCorrection' ? 'correction' : 'extension';
  const isPossible = kind === 'extension' ? isWaiting : model.status === 'answered';
  return isPossible && model.open === null ? { ...model, open: kind, asked: model.asked + 1 } : undefined;
}

function moved(
  model: Model,
  step: 'answer' | 'open' | 'followUp' | 'end' | 'withdraw',
  isWaiting: boolean,
): Model | undefined {
  const settled = { ...model, open: null };
  switch (step) {
    case 'answer':
      return isWaiting ? { ...settled, status: 'answered', versions: model.versions + 1 } : undefined;
    case 'open':
    case 'followUp':
      return model.status === 'answered' ? { ...settled, status: 'correcting' } : undefined;
    case 'end':
      return model.status === 'correcting' ? { ...settled, status: 'answered' } : undefined;
    case 'withdraw':
      return isWaiting ? { ...settled, status: 'withdrawn' } : undefined;
  }
}

type Calls = ReturnType<typeof as>;
type Sides = { merchant: Calls; operator: Calls };

async function take({ merchant, operator }: Sides, id: string, step: Step, turn: number): Promise<number> {
  const at = `/cases/${id}`;
  const { requests = [] } = (await operator.get(at)).body;
  const open = requests.find(({ state }: { state: string }) => state === 'open')?.number ?? 1;
  const reason = '理由';
  const decide = (kind: string, decision: string) =>
    operator.post(`${at}/${kind}-requests/${open}/decision`, { reason, decision, dueAt: inDays(20 + turn) });
  switch (step) {
    case 'answer': {
      const { body: draft } = await merchant.get(`${at}/draft`);
      const amount = { value: 1_000 + turn, currency: 'JPY' };
      const content = { cancellation: { ...cancelled.cancellation, lastAmount: amount } };
      await merchant.put(`${at}/draft`, { content }, { 'if-match': `"${draft.version}"` });
      return (await merchant.post(`${at}/answer`, { draftVersion: draft.version + 1 })).status;
    }
    case 'askCorrection':
      return (await merchant.post(`${at}/correction-requests`, { reason })).status;
    case 'askExtension':
      return (await merchant.post(`${at}/extension-requests`, { reason })).status;
    case 'grantCorrection':
      return (await decide('correction', 'granted')).status;
    case 'refuseCorrection':
      return (await decide('correction', 'refused')).status;
    case 'grantExtension':
      return (await decide('extension', 'granted')).status;
    case 'refuseExtension':
      return (await decide('extension', 'refused')).status;
    case 'open':
      return (await operator.post(`${at}/corrections`, { reason })).status;
    case 'followUp':
      return (await operator.post(`${at}/corrections`, { reason, because: 'follow_up' })).status;
    case 'end':
      return (await operator.post(`${at}/corrections/end`, { reason })).status;
    case 'withdraw':
      return (await operator.post(`${at}/withdrawal`, { reason })).status;
  }
}

async function stored(id: string) {
  const { rows } = await sql<Model & { steps: number; events: number; first: string | null }>`
    select status,
      (select count(*)::int from answers where case_id = cases.id) as versions,
      (select kind from merchant_requests where case_id = cases.id and state = 'open') as open,
      (select count(*)::int from merchant_requests where case_id = cases.id) as asked,
      (select count(*)::int from case_events where case_id = cases.id) as steps,
      (select count(*)::int from events where case_id = cases.id) as events,
      (select sha256 from answers where case_id = cases.id and version = 1) as first
    from cases where id = ${id}`.execute(world.db);
  if (!rows[0]) throw new Error(`no case ${id}`);
  return rows[0];
}

it('hundreds of steps in any order leave each case where the model is, and its first answer as it was', async () => {
  const merchant = await aMerchant(world);
  const institution = as(world, await anInstitution(world));
  const sides = { merchant: as(world, merchant.hanako), operator: as(world, await anOperator(world)) };
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...steps), { minLength: 12, maxLength: 12 }), async (walk) => {
      const { body } = await institution.post('/cases', aRequest(merchant.mid));
      let model: Model = start;
      let first: string | null = null;
      let count = 1;
      for (const [turn, step] of walk.entries()) {
        const wanted = next(model, step);
        const status = await take(sides, body.id, step, turn);
        expect([step, model, status < 300]).toEqual([step, model, wanted !== undefined]);
        expect(status).toBeLessThan(500);
        model = wanted ?? model;
        count += wanted ? 1 : 0;
        const now = await stored(body.id);
        first ??= now.first;
        expect(now).toEqual({ ...model, steps: count, events: count, first });
        taken += 1;
      }
    }),
    { numRuns: 40 },
  );
  expect(taken).toBeGreaterThanOrEqual(480);
}, 90_000);
