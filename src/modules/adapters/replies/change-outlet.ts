import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { AdapterKind } from '#src/domain/adapter-settings.ts';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { Adapter } from '../adapter-schemas.ts';
import { getAdapter, getRules } from '../find-adapters.ts';
import { replyQueue } from './reply-queue.ts';
import type { OutletBody } from './reply-schemas.ts';

/** Whether the installation's rules let an address be called, as far as it tells by itself. */
export type MayCall = (url: string) => boolean;

const forms: Readonly<Record<AdapterKind, { form: RegExp; expected: string }>> = {
  stripe: { form: /^[sr]k_(test|live)_[A-Za-z0-9]{10,}$/, expected: 'sk_live_… / rk_live_…' },
  adyen: { form: /^[\x21-\x7e]{20,}$/, expected: 'API key (X-API-Key)' },
  mapping: { form: /^whsec_[A-Za-z0-9+/]{24,}={0,2}$/, expected: 'whsec_ + Base64' },
};

type Change = z.output<typeof OutletBody> & { adapterId: string };

/**
 * Sets how the answers of an adapter's cases are sent back, and with which secret. A new secret, like a new setting, has what
 * waits tried at once.
 */
export const changeOutlet =
  (mayCall: MayCall) =>
  async (tx: Tx, actor: Actor, change: Change): Promise<z.input<typeof Adapter>> => {
    const { adapterId, isOn, settings, secret } = change;
    const { kind } = await getRules(tx, adapterId);
    // Two who set it up for the first time do so one after the other.
    await tx.selectFrom('adapters').select('id').where('id', '=', adapterId).forUpdate().execute();
    const before = await tx
      .selectFrom('adapter_outlets')
      .select('secret_set_at')
      .where('adapter_id', '=', adapterId)
      .forUpdate()
      .executeTakeFirst();
    requireFitting(kind, change, Boolean(before?.secret_set_at));
    if (kind === 'mapping' && isOn && !mayCall(settings.url)) throw new Refusal('url_not_callable');
    const sealed = secret && tx.vault.seal(secret, placeOf('adapter_outlets.sealed_secret', adapterId));
    const values = {
      ...{ is_on: isOn, settings: JSON.stringify(settings) },
      // To the millisecond, so that it can be compared with what a program read.
      ...(sealed && {
        sealed_secret: sealed,
        secret_set_at: sql<Date>`date_trunc('milliseconds', clock_timestamp())`,
      }),
      ...{ broken_at: null, broken_reason: null },
    };
    await (before
      ? tx.updateTable('adapter_outlets').set(values).where('adapter_id', '=', adapterId)
      : tx.insertInto('adapter_outlets').values({ adapter_id: adapterId, ...values })
    ).execute();
    tx.record('adapter.change_outlet', [adapterId], {
      isOn,
      submit: settings.submit,
      // Where personal data goes stays to be seen, also when somebody puts it back.
      goesTo: kind === 'mapping' ? hostOf(settings.url) : settings.environment,
      mappingSha256: createHash('sha256').update(settings.mapping).digest('hex'),
      newSecret: Boolean(secret),
    });
    await tx.enqueue(replyQueue, [{ data: {} }]);
    return getAdapter(tx, actor, adapterId);
  };

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');

function requireFitting(kind: AdapterKind, { isOn, settings, secret }: Change, hasSecret: boolean): void {
  const { form, expected } = forms[kind];
  const problem = (pointer: string, code: 'missing' | 'wrong_form') => ({
    pointer,
    code,
    params: { expected },
  });
  const missing = (name: 'defenseReason' | 'documentType' | 'url' | 'mapping') =>
    isOn && settings[name].trim() === '' ? [problem(`/settings/${name}`, 'missing')] : [];
  const problems = [
    ...(secret !== undefined && !form.test(secret) ? [problem('/secret', 'wrong_form')] : []),
    ...(isOn && secret === undefined && !hasSecret ? [problem('/secret', 'missing')] : []),
    ...(kind === 'adyen' ? [...missing('defenseReason'), ...missing('documentType')] : []),
    ...(kind === 'mapping' ? [...missing('url'), ...missing('mapping')] : []),
  ];
  if (problems.length > 0) throw new Refusal('invalid_request', {}, problems);
}
