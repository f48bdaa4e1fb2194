import { expect, it } from 'vitest';
import { addBusinessDays } from '#src/domain/business-days.ts';
import { endOfDay } from '#src/domain/days.ts';
import {
  aContact,
  aDueDay,
  at,
  goTo,
  remindersOf,
  startReminderWorld,
} from '#tests/support/reminder-world.ts';
import { aMerchant, anOperator, as, cancelled, givenCase } from '#tests/support/world.ts';

const the = startReminderWorld();
const { world } = the;

it('a case that is being corrected is reminded of by its new due instant, and not once it is answered again', async () => {
  const merchant = await aMerchant(world);
  const contact = await aContact(world, merchant);
  const caseId = await givenCase(world, merchant, { answered: true });
  const day = await aDueDay(world);
  const opened = await as(world, await anOperator(world)).post(`/cases/${caseId}/corrections`, {
    ...{ reason: '訂正のため', dueAt: endOfDay(day).toISOString() },
  });
  expect(opened.status).toBe(201);

  await goTo(world, at(day, 9));
  await the.run();
  await the.handOver();
  expect((await remindersOf(world, caseId)).at(-1)).toMatchObject({ step: 'morning-0', outcome: 'sent' });
  expect(the.mailsTo(contact)).toHaveLength(1);

  const content = { cancellation: { ...cancelled.cancellation, lastAmount: { value: 1, currency: 'JPY' } } };
  const hanako = as(world, merchant.hanako);
  await hanako.put(`/cases/${caseId}/draft`, { content }, { 'if-match': '"1"' });
  expect((await hanako.post(`/cases/${caseId}/answer`, { draftVersion: 2 })).status).toBe(201);
  await goTo(world, at(addBusinessDays(day, 2), 10));
  await the.run();
  await the.handOver();
  expect(the.mailsTo(contact)).toHaveLength(1);
});
