import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { AdapterKind } from '#src/domain/adapter-settings.ts';
import { answerFormFor } from '#src/domain/answer-form.ts';
import type { NotificationCode } from '#src/domain/notification-types.ts';
import { type OutletSettings, usualOutlet } from '#src/domain/replies.ts';
import { placesOf } from '#src/modules/adapters/index.ts';
import { sendReplies } from '#src/modules/adapters/replies/send-replies.ts';
import { openPrinter } from '#src/modules/returns/index.ts';
import { createLog } from '#src/platform/log.ts';
import { readExceptions } from '#src/platform/outbound/exceptions.ts';
import { openOutbound } from '#src/platform/outbound/outbound.ts';
import { adapterWords, anEvent, payload } from './adapters.ts';
import { completeDraftWith } from './complete-answer.ts';
import { confirmYears } from './confirm-years.ts';
import { anOwnDatabase } from './own-database.ts';
import type { ProviderServer } from './provider-server.ts';
import { as, type Caller, type Merchant, startWorld, type World } from './world.ts';

const webhookSecret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
let disputes = 0;

/** A case that came by an adapter. */
export type Came = {
  caseId: string;
  adapterId: string;
  reference: string;
  operator: Caller;
  merchant: Merchant;
};

/**
 * The product with a database of its own, its sender of answers, and a provider that answers as a test wants. `send` does what the
 * job does; `letPass` lets the wait of a retry pass.
 */
export function startReplyWorld(provider: ProviderServer) {
  const places = { STRIPE_API_URL: provider.url, ADYEN_DISPUTES_URL: `${provider.url}/disputes` };
  const settings = { ...places, OUTBOUND_ALLOW: provider.host };
  const world = startWorld({ database: anOwnDatabase, settings });
  const words = adapterWords(world);
  const printer = openPrinter();
  beforeAll(() => confirmYears(world.db));
  const keys = { ...provider.keys };
  beforeEach(() => {
    Object.assign(provider.keys, keys);
    provider.asked.length = 0;
    provider.instead = () => undefined;
  });
  afterAll(async () => {
    await printer.stop();
    provider.stop();
  });
  const limits = { connectMs: 2000, headersMs: 1500, totalMs: 4000, bytes: 1_048_576 };
  const outbound = openOutbound({ exceptions: readExceptions(provider.host), limits });
  const send = (): Promise<void> =>
    sendReplies({
      ...{ inTransaction: world.bySystem.inTransaction, outbound, printer, places: placesOf(places) },
      ...{ provider: 'PSP', log: createLog('silent'), chance: () => 0 },
    });
  return {
    world,
    words,
    send,
    ...settingUp(world, provider, words),
    repliesOf: async (came: Came) =>
      (await as(world, came.operator).get(`/cases/${came.caseId}/replies`)).body.data,
    letPass: () =>
      sql`update adapter_replies set next_attempt_at = now() where state = 'waiting'`.execute(world.db),
  };
}

function settingUp(world: World, provider: ProviderServer, words: ReturnType<typeof adapterWords>) {
  const secrets: Record<AdapterKind, string> = { ...provider.keys, mapping: webhookSecret };
  const anOutlet = async (kind: AdapterKind, more: Partial<OutletSettings> = {}, mapping = '') => {
    const adapter = await words.anAdapter(kind, { mapping, goods: 'physical' });
    const body = { isOn: true, settings: { ...usualOutlet, ...more }, secret: secrets[kind] };
    const made = await as(world, adapter.operator).put(`/adapters/${adapter.id}/outlet`, body);
    if (made.status !== 200) throw new Error(`no outlet was set: ${JSON.stringify(made.body)}`);
    return adapter;
  };
  type Adapter = Awaited<ReturnType<typeof words.anAdapter>>;
  const cameBy = async (adapter: Adapter, reference: string): Promise<Came> => {
    const found = await world.db
      .selectFrom('cases')
      .select('id')
      .where('institution_reference', '=', reference)
      .executeTakeFirst();
    if (!found) {
      const messages = await as(world, adapter.operator).get(`/adapter-messages?adapterId=${adapter.id}`);
      throw new Error(`no case came: ${JSON.stringify(messages.body.data[0]?.errors)}`);
    }
    const { id: adapterId, operator, merchant } = adapter;
    return { caseId: found.id, adapterId, reference, operator, merchant };
  };
  return {
    anOutlet,
    /** An inquiry of Stripe that became a case, and waits at Stripe. */
    stripeCase: async (adapter: Adapter, dispute: object = {}, event: object = {}): Promise<Came> => {
      disputes += 1;
      const id = `dp_reply${disputes}`;
      provider.disputes.set(id, { status: 'warning_needs_response' });
      const evidence_details = { due_by: Math.floor(Date.now() / 1000) + 7 * 86_400 };
      await words.sendStripe(adapter.id, {
        ...anEvent({ dispute: { id, evidence_details, ...dispute } }),
        ...event,
      });
      return cameBy(adapter, id);
    },
    /** One of Adyen, by its official sample. */
    adyenCase: async (adapter: Adapter, code = 'REQUEST_FOR_INFORMATION'): Promise<Came> => {
      disputes += 1;
      const psp = `REPLY${String(disputes).padStart(11, '0')}`;
      const message = payload(`adyen/webhook-${code}.json`);
      const eventDate = new Date(Date.now() - 3_600_000).toISOString();
      Object.assign(message.notificationItems[0].NotificationRequestItem, { pspReference: psp, eventDate });
      await words.sendAdyen(adapter.id, message);
      return cameBy(adapter, `${psp}-${code === 'REQUEST_FOR_INFORMATION' ? 'RFI' : 'NOF'}`);
    },
    mappedCase: async (adapter: Adapter, message: { id: string }): Promise<Came> => {
      await words.sendMapped(adapter.id, message);
      return cameBy(adapter, message.id);
    },
    answer: (came: Came, changes: Readonly<Record<string, unknown>> = {}) => answer(world, came, changes),
    correct: async (came: Came, changes: Readonly<Record<string, unknown>>): Promise<void> => {
      const opened = await as(world, came.operator).post(`/cases/${came.caseId}/corrections`, {
        reason: '誤記',
      });
      if (opened.status >= 300) throw new Error(`not opened: ${JSON.stringify(opened.body)}`);
      await answer(world, came, changes);
    },
  };
}

/** Registers a complete answer, with some of it told otherwise. */
async function answer(world: World, came: Came, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const { caseId, merchant } = came;
  const found = await world.db
    .selectFrom('cases')
    .select(['notification_type', 'goods', 'product_name_known', 'amount_currency'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  const facts = {
    ...{ goods: found.goods, productNameKnown: found.product_name_known, currency: found.amount_currency },
  };
  const content = completeDraftWith(
    answerFormFor(found.notification_type as NotificationCode, facts),
    changes,
  );
  const draft = await as(world, merchant.hanako).get(`/cases/${caseId}/draft`);
  const version: number = draft.body.version ?? 0;
  const saved = await as(world, merchant.hanako).put(
    `/cases/${caseId}/draft`,
    { content },
    { 'if-match': `"${version}"` },
  );
  if (saved.status !== 200) throw new Error(`not saved: ${JSON.stringify(saved.body)}`);
  const registered = await as(world, merchant.hanako).post(`/cases/${caseId}/answer`, {
    draftVersion: saved.body.version,
  });
  if (registered.status !== 201) throw new Error(`not registered: ${JSON.stringify(registered.body)}`);
}
