import type { Logger } from 'pino';
import type { InTransaction } from '#src/platform/transaction.ts';
import { type Claimed, claimDeliveries } from './claim-deliveries.ts';
import { recordAttempt } from './record-attempt.ts';
import { type SendParts, sendDelivery } from './send-delivery.ts';
import { type TellStopped, tellStopped } from './stopped-news.ts';

export type PostmanParts = SendParts & {
  inTransaction: InTransaction;
  tell: TellStopped;
  log: Logger;
  /** From 0 to 1, for the jitter of retries. */
  chance?: () => number;
};

/** Sends what is due, each endpoint by itself, so that none waits for another. */
export type Postman = {
  /** Has all that is due for an endpoint sent, now or as soon as its turn comes. */
  wake: (endpointId: string) => void;
  /** Resolves when nothing is under way. */
  idle: () => Promise<void>;
  /** Ends after what is under way. */
  stop: () => Promise<void>;
};

/** Side by side for one endpoint, and endpoints side by side, in one process. */
const atOnce = 8;
const mostEndpoints = 64;

/**
 * Makes the one who sends. What is to be sent stands in the database alone: what is lost with a process is found there by the
 * next look for what is due.
 */
export function openPostman(parts: PostmanParts): Postman {
  const waiting = new Set<string>();
  const serving = new Map<string, Promise<void>>();
  let isStopped = false;
  const next = (): void => {
    for (const endpointId of waiting) {
      if (serving.size >= mostEndpoints) return;
      if (serving.has(endpointId)) continue;
      waiting.delete(endpointId);
      const served = serve(parts, endpointId, () => isStopped)
        .catch((err) =>
          parts.log.error({ err, endpointId }, 'webhooks could not be sent, it will be tried again'),
        )
        .finally(() => {
          serving.delete(endpointId);
          next();
        });
      serving.set(endpointId, served);
    }
  };
  const idle = async (): Promise<void> => {
    while (serving.size > 0) await Promise.all(serving.values());
  };
  return {
    wake: (endpointId) => {
      if (isStopped) return;
      waiting.add(endpointId);
      next();
    },
    idle,
    stop: async () => {
      isStopped = true;
      waiting.clear();
      await idle();
    },
  };
}

/** Sends until nothing is due. A slow answer holds up its own place among several, and what follows for its case. */
async function serve(parts: PostmanParts, endpointId: string, isStopped: () => boolean): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const problems: unknown[] = [];
  for (;;) {
    const isOver = isStopped() || problems.length > 0;
    const claimed = isOver ? [] : await claim(parts, endpointId, atOnce - underWay.size);
    for (const delivery of claimed) {
      const made: Promise<void> = attempt(parts, delivery)
        .catch((error: unknown) => void problems.push(error))
        .finally(() => underWay.delete(made));
      underWay.add(made);
    }
    if (underWay.size === 0) break;
    await Promise.race(underWay);
  }
  if (problems.length > 0) throw problems[0];
}

const claim = ({ inTransaction, clock }: PostmanParts, endpointId: string, atMost: number) =>
  inTransaction((tx) => claimDeliveries(tx, { endpointId, atMost, now: clock() }));

async function attempt(parts: PostmanParts, delivery: Claimed): Promise<void> {
  const { inTransaction, log, chance = Math.random } = parts;
  const made = { delivery, attempt: await sendDelivery(parts, delivery), chance: chance() };
  const { endpointId } = delivery;
  const ids = { endpointId, deliveryId: delivery.id };
  const { state, stopped, told } = await inTransaction(async (tx) => {
    const recorded = await recordAttempt(tx, made);
    const reason = recorded.stopped;
    return { ...recorded, told: reason ? await tellStopped(tx, parts.tell, { endpointId, reason }) : 0 };
  });
  if (state === 'dead') log.warn(ids, 'a webhook was given up, its tries are used up');
  if (stopped) log.warn({ endpointId, reason: stopped, told }, 'a webhook endpoint was switched off');
}
