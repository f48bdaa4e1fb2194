/** INV-17: each mail is delivered once and at most as often more as nobody could know, three times at the very most. */

import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Handover, OutgoingMail, Smtp } from '#src/platform/smtp.ts';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { sendMail } from './send-mail.ts';
import { writeMail } from './write-mail.ts';

const world = startMailWorld();
const sender = {
  providerName: 'PSP',
  supportMail: 'support@psp.example.jp',
  baseUrl: 'https://psp.example.jp',
};
const from = { name: 'PSP', address: 'no-reply@psp.example.jp' };
const letter = {
  ...{
    locale: 'ja' as const,
    subject: '件名',
    addressee: ['窓口 様'],
    paragraphs: ['本文'],
    facts: [],
    notes: [],
  },
  link: { label: '開く', url: 'https://psp.example.jp/cases' },
};

/** How a try ends: what the server says and whether it delivers; or the worker dies before or after it was delivered. */
const ends = {
  taken: { outcome: 'taken', delivers: true },
  later: { outcome: 'later', delivers: false },
  refused: { outcome: 'refused', delivers: false },
  'cut after delivery': { outcome: 'unknown', delivers: true },
  'cut before delivery': { outcome: 'unknown', delivers: false },
  'died after delivery': { outcome: 'died', delivers: true },
  'died before delivery': { outcome: 'died', delivers: false },
} as const;
type End = keyof typeof ends;
const isUnknown = (end: End): boolean => ['unknown', 'died'].includes(ends[end].outcome);

/** Lets workers come to one mail again and again, each try ending as it is written, then well. Tells what was delivered. */
async function play(script: readonly End[]) {
  const mailId = await world.bySystem.inTransaction((tx) =>
    writeMail(tx, {
      to: { name: '窓口', address: 'desk@shop.example.jp' },
      letter,
      about: null,
      sender,
      isKept: false,
    }),
  );
  const delivered: OutgoingMail[] = [];
  const tried: End[] = [];
  const handOver = async (mail: OutgoingMail): Promise<Handover> => {
    const end = script[tried.length] ?? 'taken';
    tried.push(end);
    const { outcome, delivers } = ends[end];
    if (delivers) delivered.push(mail);
    if (outcome === 'died') throw new Error('killed');
    return outcome === 'taken' ? { outcome, reply: '250' } : { outcome, reason: 'said so' };
  };
  const smtp = { host: 'mail.example.jp', handOver, close: () => undefined } as Smtp;
  const { inTransaction } = world.bySystem;
  for (let turn = 0; turn < script.length + 2; turn += 1) {
    await sendMail({ inTransaction, smtp, from }, mailId).catch(() => undefined);
    // What a worker that died had in hand is free after its time.
    await sql`update mails set taken_until = null where id = ${mailId}`.execute(world.db);
  }
  const { state } = await world.db
    .selectFrom('mails')
    .select('state')
    .where('id', '=', mailId)
    .executeTakeFirstOrThrow();
  return { delivered, tried, state };
}

it('whatever servers and workers do (INV-17)', async () => {
  const script = fc.array(fc.constantFrom(...(Object.keys(ends) as End[])), { maxLength: 7 });
  await fc.assert(
    fc.asyncProperty(fc.array(script, { minLength: 25, maxLength: 25 }), async (scripts) => {
      const played = await Promise.all(scripts.map(play));
      for (const { delivered, tried, state } of played) {
        const unknown = tried.filter(isUnknown).length;
        expect(delivered.length).toBeLessThanOrEqual(Math.min(3, 1 + unknown));
        expect(new Set(delivered.map(({ messageId }) => messageId)).size).toBeLessThanOrEqual(1);
        // Nothing is tried again after it was known to have arrived, or to arrive never.
        const over = tried.findIndex((end) => end === 'taken' || end === 'refused');
        expect(over === -1 || over === tried.length - 1).toBe(true);
        expect(state).toBe(tried.at(-1) === 'taken' ? 'sent' : 'failed');
        if (state === 'failed') expect(unknown === 3 || tried.at(-1) === 'refused').toBe(true);
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
