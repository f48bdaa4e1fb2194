import type { Locale } from '#src/domain/text.ts';
import { contactsOf } from '#src/modules/merchants/index.ts';
import { findAdmins } from '#src/modules/people/index.ts';
import type { Tx } from '#src/platform/transaction.ts';

export type StoppedBecause = 'gone' | 'failing';

/** An endpoint that was switched off by the product, as somebody is told of it. */
export type StoppedNews = { endpointName: string; reason: StoppedBecause; since: Date; waiting: number };

type Recipient = { name: string; address: string; locale: Locale };

/** Writes the mail of it to one person, in the transaction of what happened. */
export type TellStopped = (tx: Tx, to: Recipient, news: StoppedNews) => Promise<void>;

type Stopped = { endpointId: string; reason: StoppedBecause };

/**
 * Tells those who can mend it that an endpoint was switched off: the merchant's admins, without any the merchant's contacts,
 * and for an institution the PSP's admins. Returns how many were told.
 */
export async function tellStopped(
  tx: Tx,
  tell: TellStopped,
  { endpointId, reason }: Stopped,
): Promise<number> {
  const endpoint = await tx
    .selectFrom('webhook_endpoints')
    .select(['name', 'mid', 'sids', 'failing_since'])
    .select((eb) =>
      eb
        .selectFrom('webhook_deliveries')
        .select((count) => count.fn.countAll<number>().as('count'))
        .whereRef('endpoint_id', '=', 'webhook_endpoints.id')
        .where('state', '=', 'pending')
        .as('waiting'),
    )
    .where('id', '=', endpointId)
    .executeTakeFirstOrThrow();
  const { mid, sids } = endpoint;
  const admins = await findAdmins(tx, { mid, sids });
  const people = admins.length > 0 || mid === null ? admins : await contactsOf(tx, mid);
  const since = endpoint.failing_since ?? new Date();
  const news = { endpointName: endpoint.name, reason, since, waiting: endpoint.waiting ?? 0 };
  for (const { name, email, locale } of people) await tell(tx, { name, address: email, locale }, news);
  return people.length;
}
