import { hash } from 'node:crypto';
import { requestFrom } from '#src/domain/adapted-request.ts';
import type { AdapterSettings } from '#src/domain/adapter-settings.ts';
import type { Problem } from '#src/domain/problems.ts';
import type { ProviderMessage, Sent } from '#src/domain/provider-message.ts';
import { adyenItems, readAdyen } from '#src/domain/read-adyen.ts';
import { readMapped } from '#src/domain/read-mapped.ts';
import { readStripe } from '#src/domain/read-stripe.ts';
import { cardNumbersIn } from '#src/platform/http/card-numbers-sent.ts';
import type { AdapterRules } from './find-adapters.ts';
import { runMapping } from './run-mapping.ts';

type Rules = Pick<AdapterRules, 'kind' | 'settings'>;

/** One thing that a message says, and the very part of the message that says it. */
export type Said = { message: ProviderMessage; part: Sent };

/** Reads all that a message says, without changing anything. */
export async function readMessage({ kind, settings }: Rules, sent: Sent): Promise<Said[]> {
  switch (kind) {
    case 'stripe':
      return [{ message: readStripe(sent), part: sent }];
    case 'adyen':
      return adyenItems(sent).map((item, index) => ({
        message: readAdyen(item, index),
        part: { notificationItems: [{ NotificationRequestItem: item }] },
      }));
    case 'mapping':
      return [{ message: await mapped(settings, sent), part: sent }];
  }
}

async function mapped({ mapping }: AdapterSettings, sent: Sent): Promise<ProviderMessage> {
  const result = await runMapping({ expression: mapping, message: sent });
  if ('mapped' in result) return readMapped(JSON.parse(result.mapped));
  const problem: Problem = { pointer: '', code: 'mapping_failed', params: { why: result.failed } };
  return { eventKey: '', reference: null, says: 'nothing', problems: [problem] };
}

/** The request that a message becomes, or everything that keeps it from being one. */
export function asRequest(
  { message, part }: Said,
  settings: AdapterSettings,
): { request: object } | { problems: readonly Problem[] } {
  const cards = cardNumbersIn(part);
  if (cards.length > 0) return { problems: cards.slice(0, 20) };
  if (message.says === 'nothing') return { problems: message.problems.slice(0, 20) };
  if (message.says === 'ended')
    return { problems: [{ pointer: '', code: 'not_an_inquiry', params: { said: message.because } }] };
  return requestFrom(message, settings, (value) => hash('sha256', value));
}

/** A card number is stored nowhere, so that a message with one is not kept. */
export const mayBeKept = (part: Sent): boolean => cardNumbersIn(part).length === 0;
