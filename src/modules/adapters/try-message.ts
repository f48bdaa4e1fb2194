import type { z } from 'zod';
import type { AdapterSettings } from '#src/domain/adapter-settings.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Locale } from '#src/domain/text.ts';
import { toProblemItem } from '#src/platform/http/problem.ts';
import type { Acting } from '#src/platform/transaction.ts';
import type { Tried } from './adapter-schemas.ts';
import { getRules } from './find-adapters.ts';
import { asRequest, readMessage } from './read-message.ts';
import { parsedBody } from './receive-message.ts';

type Trial = { adapterId: string; message: string; settings?: AdapterSettings | undefined };

/** Shows what a message would become, by the adapter's rules or by others that are not kept yet. Changes nothing. */
export async function tryMessage(
  { reading }: Acting,
  { adapterId, message, settings }: Trial,
  locale: Locale,
): Promise<z.input<typeof Tried>> {
  const kept = await reading((db) => getRules(db, adapterId));
  const rules = { ...kept, settings: settings ?? kept.settings };
  const read = await readMessage(rules, parsedOrRefused(message));
  return {
    items: read.map((said) => {
      const made = asRequest(said, rules.settings);
      const problems = 'problems' in made ? made.problems : [];
      return {
        says: said.message.says,
        reference: said.message.reference,
        request: 'request' in made ? { ...made.request } : null,
        errors: problems.map((problem) => toProblemItem(problem, locale)),
      };
    }),
  };
}

function parsedOrRefused(message: string) {
  try {
    return parsedBody(message);
  } catch {
    throw new Refusal('invalid_request', {}, [{ pointer: '/message', code: 'not_json' }]);
  }
}
