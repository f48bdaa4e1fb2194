import type { Tx } from '#src/platform/transaction.ts';

export type ServiceNames = { merchant: string; service: string };

/** What a service and its merchant are called. */
export const nameService = (tx: Tx, { mid, sid }: { mid: string; sid: string }): Promise<ServiceNames> =>
  tx
    .selectFrom('services')
    .innerJoin('merchants', 'merchants.mid', 'services.mid')
    .select(['merchants.name as merchant', 'services.name as service'])
    .where('services.mid', '=', mid)
    .where('services.sid', '=', sid)
    .executeTakeFirstOrThrow();
