import type { Logger } from 'pino';
import { usualOutlet } from '#src/domain/replies.ts';
import type { Printer } from '#src/modules/returns/index.ts';
import type { Outbound } from '#src/platform/outbound/outbound.ts';
import type { InTransaction } from '#src/platform/transaction.ts';
import { runMapping } from '../run-mapping.ts';
import { type ClaimedReply, claimReplies, findDueAdapters } from './claim-replies.ts';
import { type Line, openLine } from './line.ts';
import { type Letter, type Loaded, loadLetter } from './load-letter.ts';
import type { Outcome } from './outcome.ts';
import type { Places } from './places.ts';
import { recordOutcome } from './record-outcome.ts';
import { sendToAdyen } from './send-to-adyen.ts';
import { sendToStripe } from './send-to-stripe.ts';
import { sendToUrl } from './send-to-url.ts';

export type SendParts = {
  inTransaction: InTransaction;
  outbound: Outbound;
  printer: Printer;
  places: Places;
  /** Whom answer sheets are from. */
  provider: string;
  log: Logger;
  /** From 0 to 1, for the jitter of retries. */
  chance?: () => number;
};

/** Side by side for one adapter. */
const atOnce = 4;
const longestMs = 300_000;

/** Sends all that is due, each adapter by itself, so that of those which are due none waits for another. */
export async function sendReplies(parts: SendParts): Promise<void> {
  const due = await parts.inTransaction(findDueAdapters);
  await Promise.all(due.map((adapterId) => serve(parts, adapterId)));
}

/** Until nothing is due, or the next look takes over. */
async function serve(parts: SendParts, adapterId: string): Promise<void> {
  const until = Date.now() + longestMs;
  while (Date.now() < until) {
    const claimed = await parts.inTransaction((tx) => claimReplies(tx, { adapterId, atMost: atOnce }));
    if (claimed.length === 0) return;
    const ends = await Promise.allSettled(claimed.map((reply) => attempt(parts, reply)));
    // What could not even be noted is taken in hand again when its hold is over; the others are done.
    for (const end of ends)
      if (end.status === 'rejected')
        parts.log.error({ err: end.reason, adapterId }, 'a try could not be noted');
  }
}

async function attempt(parts: SendParts, reply: ClaimedReply): Promise<void> {
  const { inTransaction, provider, outbound, log, chance = Math.random } = parts;
  const ids = { adapterId: reply.adapterId, caseId: reply.caseId, version: reply.version };
  const loaded = await inTransaction((tx) => loadLetter(tx, reply, provider)).catch(
    (err: unknown): Loaded => {
      log.error({ err, replyId: reply.id }, 'an answer could not be opened, it will be tried again');
      return { nothing: { is: 'again', reason: 'unexpected' } };
    },
  );
  const line = openLine(outbound);
  const outcome =
    'nothing' in loaded ? loaded.nothing : await sent(parts, line, { reply, letter: loaded.letter });
  const secretSetAt = 'letter' in loaded ? loaded.letter.secretSetAt : undefined;
  const made = { reply, outcome, calls: line.calls, secretSetAt, chance: chance() };
  const state = await inTransaction((tx) => recordOutcome(tx, made));
  if (state === 'failed') log.warn({ ...ids, outcome }, 'an answer could not be sent to the provider');
  if (outcome.is === 'broken') log.warn(ids, 'a provider did not let us in, its answers wait');
}

type Sending = { reply: ClaimedReply; letter: Letter };

/** Whatever goes wrong on our side counts as a try, so that it ends. */
async function sent(parts: SendParts, line: Line, sending: Sending): Promise<Outcome> {
  try {
    return await send(parts, line, sending);
  } catch (err) {
    parts.log.error({ err, replyId: sending.reply.id }, 'an answer was not sent, it will be tried again');
    return { is: 'again', reason: 'unexpected' };
  }
}

async function send(parts: SendParts, line: Line, { reply, letter }: Sending): Promise<Outcome> {
  const { caseId, version, reference, account, settings } = reply;
  const { submit, environment, defenseReason, documentType, url, mapping } = settings ?? usualOutlet;
  const { secret } = letter;
  const key = `${reply.id}.${reply.round}`;
  const { places, printer } = parts;
  switch (letter.kind) {
    case 'stripe': {
      const { evidence } = letter;
      const dispute = { reference: reference ?? '', account, caseId, version };
      return sendToStripe(line, { base: places.stripe, secret }, { ...dispute, key, submit, evidence });
    }
    case 'adyen': {
      const disputePspReference = reference?.replace(/-RFI$/, '') ?? '';
      const dispute = {
        disputePspReference,
        merchantAccountCode: account ?? '',
        defenseReason,
        documentType,
      };
      const sheet = () => printer.print(letter.sheet);
      const full = { ...dispute, key, isSupplied: reply.isSupplied, sheet };
      return sendToAdyen(line, { base: places.adyen(environment), secret }, full, () =>
        noteSupplied(parts, reply),
      );
    }
    case 'mapping': {
      const result = await runMapping({ expression: mapping, message: letter.message });
      if ('failed' in result) return notMapped(line, result.failed);
      // A path that is written wrong yields nothing, and the receiver would take it.
      if (/^(\{\}|\[\]|null|"")?$/.test(result.mapped.trim())) return notMapped(line, 'empty');
      return sendToUrl(line, secret, { url, key, body: result.mapped });
    }
  }
}

/** A process that was ended may have had no time on a busy machine; what the rule itself says is wrong stays wrong. */
const endedEarly = new Set(['timed_out', 'broken_off', 'out_of_memory']);

function notMapped(line: Line, failed: string): Outcome {
  const reason = failed.slice(0, 100);
  line.calls.push({ at: new Date(), call: 'JSONata', status: null, reason, milliseconds: 0, said: null });
  return { is: endedEarly.has(failed) ? 'again' : 'failed', reason: 'mapping_failed' };
}

const noteSupplied = ({ inTransaction }: SendParts, { id }: ClaimedReply): Promise<void> =>
  inTransaction(async (tx) => {
    await tx.updateTable('adapter_replies').set({ is_supplied: true }).where('id', '=', id).execute();
  });
