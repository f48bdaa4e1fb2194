/** INV-21: whoever keeps what has the highest sequence of a case is right in the end, in whatever order webhooks arrive. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { startWebhookWorld } from '#tests/support/webhook-world.ts';
import { aMerchant, anInstitution, anOperator, aRequest, as, cancelled } from '#tests/support/world.ts';
import { spreadEvents } from './spread-events.ts';

const world = startWebhookWorld();

type Told = { caseId: string; sequence: number; version: number; status: string };

/** Three cases that went different ways, and all that the institution is told of them. */
async function cases(): Promise<{ told: Told[]; truth: Map<string, string> }> {
  const [merchant, institution, sato] = [
    await aMerchant(world),
    await anInstitution(world),
    await anOperator(world),
  ];
  const [hanako, jcb] = [as(world, merchant.hanako), as(world, institution)];
  const ids: string[] = [];
  for (let made = 0; made < 3; made += 1)
    ids.push((await jcb.post('/cases', aRequest(merchant.mid))).body.id);
  const [first = '', second = ''] = ids;
  const answer = async (id: string, version: number): Promise<void> => {
    const saved = await hanako.put(
      `/cases/${id}/draft`,
      { content: cancelled },
      { 'if-match': `"${version - 1}"` },
    );
    expect(saved.status).toBe(200);
    expect((await hanako.post(`/cases/${id}/answer`, { draftVersion: version })).status).toBe(201);
  };
  await answer(first, 1);
  await as(world, sato).post(`/cases/${first}/corrections`, { reason: '訂正のため' });
  await answer(first, 2);
  await jcb.post(`/cases/${second}/withdrawal`, { reason: '重複' });
  await spreadEvents(world.bySystem.inTransaction, new Date());
  const { body } = await jcb.get('/events?limit=100');
  const truth = new Map<string, string>();
  for (const id of ids) truth.set(id, (await jcb.get(`/cases/${id}`)).body.status);
  return { told: body.data.map(({ data }: { data: Told }) => data), truth };
}

it('for a thousand orders, with what is told twice (INV-21)', async () => {
  const { told, truth } = await cases();
  expect(told.map(({ status }) => status).sort()).toEqual(
    ['answered', 'answered', 'correcting', 'received', 'received', 'received', 'withdrawn'].sort(),
  );
  const twice = [...told, ...told];
  const orders = fc.shuffledSubarray(twice, { minLength: twice.length, maxLength: twice.length });
  fc.assert(
    fc.property(orders, (arrived) => {
      const known = new Map<string, Told>();
      for (const each of arrived)
        if (each.sequence > (known.get(each.caseId)?.sequence ?? 0)) known.set(each.caseId, each);
      expect(new Map([...known].map(([id, { status }]) => [id, status]))).toEqual(truth);
    }),
    { numRuns: 1_000 },
  );
});
