import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type AdapterKind, type AdapterSettings, usualReasons } from '#src/domain/adapter-settings.ts';
import { objectIn } from '#src/domain/provider-message.ts';
import { adyenItems, adyenSigned } from '#src/domain/read-adyen.ts';
import type { Goods } from '#src/domain/section-shape.ts';
import { aMerchant, anInstitution, anOperator, as, type World } from './world.ts';

/** An official sample of a provider, as it was published. */
export const payload = (name: string) => JSON.parse(readFileSync(`tests/payloads/${name}`, 'utf8'));
const stripeSecret = 'whsec_test_0123456789abcdef';
const adyenSecret = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056';
const mappingSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const secrets: Record<AdapterKind, string> = {
  stripe: stripeSecret,
  adyen: adyenSecret,
  mapping: mappingSecret,
};

type Event = { id?: string; dispute?: object; type?: string };
let events = 0;
function nextNumber(): number {
  events += 1;
  return events;
}

/** An event of Stripe about the official sample of an inquiry. */
export const anEvent = ({ id, dispute = {}, type = 'charge.dispute.created' }: Event = {}) => ({
  ...{
    id: id ?? `evt_${nextNumber()}`,
    object: 'event',
    type,
    created: 1234567890,
    unknown_future_field: { a: [1] },
  },
  data: { object: { ...payload('stripe/dispute-inquiry.json'), ...dispute } },
});

/** What tests of adapters say: connecting a provider, and sending what it sends, signed as it signs. */
export function adapterWords(world: World) {
  async function anAdapter(
    kind: AdapterKind,
    more: Partial<Omit<AdapterSettings, 'accounts'>> & { account?: string; goods?: Goods } = {},
  ) {
    const operator = await anOperator(world);
    const merchant = await aMerchant(world);
    const institution = await anInstitution(world);
    const {
      mapping = '',
      account = '*',
      fillsGaps = true,
      goods = 'digital',
      reasons = usualReasons[kind],
    } = more;
    const settings = {
      reasons: [...reasons],
      accounts: [{ account, mid: merchant.mid, sid: '001', goods }],
      fillsGaps,
      mapping,
    };
    const body = {
      institutionId: institution.institutionId,
      kind,
      name: '接続',
      isOn: true,
      settings,
      secret: secrets[kind],
    };
    const made = await as(world, operator).post('/adapters', body);
    if (made.status !== 201) throw new Error(`no adapter was made: ${JSON.stringify(made.body)}`);
    return { id: made.body.id as string, operator, merchant, institution, settings };
  }

  const post = (id: string, raw: string, headers: Record<string, string> = {}) =>
    as(world).send('POST', `/adapters/${id}/messages`, {
      raw,
      headers: { 'content-type': 'application/json', ...headers },
    });

  function sendStripe(
    id: string,
    event: object,
    { secret = stripeSecret, at = Math.floor(Date.now() / 1000) } = {},
  ) {
    const raw = JSON.stringify(event);
    const v1 = createHmac('sha256', secret).update(`${at}.${raw}`).digest('hex');
    return post(id, raw, { 'stripe-signature': `t=${at},v1=${v1}` });
  }

  function sendAdyen(id: string, message: object, key = adyenSecret) {
    for (const item of adyenItems(objectIn(message))) {
      const hmacSignature = createHmac('sha256', Buffer.from(key, 'hex'))
        .update(adyenSigned(item))
        .digest('base64');
      Object.assign(item, { additionalData: { ...objectIn(item.additionalData), hmacSignature } });
    }
    return post(id, JSON.stringify(message));
  }

  function sendMapped(id: string, message: object, name = `msg_${nextNumber()}`) {
    const raw = JSON.stringify(message);
    const at = String(Math.floor(Date.now() / 1000));
    const key = Buffer.from(mappingSecret.slice(6), 'base64');
    const signature = createHmac('sha256', key).update(`${name}.${at}.${raw}`).digest('base64');
    return post(id, raw, {
      'webhook-id': name,
      'webhook-timestamp': at,
      'webhook-signature': `v1,${signature}`,
    });
  }

  return { anAdapter, post, sendStripe, sendAdyen, sendMapped };
}
