import type { AccountService, AdapterSettings } from './adapter-settings.ts';
import type { Problem } from './problems.ts';
import type { InquiryFacts } from './provider-message.ts';

/** The numbers that stand in for tracking ids begin with this: no payment at the PSP has one like it. */
const madeUpStart = '99';

type Inquiry = { reference: string | null; facts: InquiryFacts; problems: readonly Problem[] };
type Made = { request: object } | { problems: readonly Problem[] };

/**
 * Makes a request of what a provider said, by the settings of its adapter, or tells everything that is in the way. `hashOf`
 * gives hexadecimal digits for a text.
 */
export function requestFrom(
  { reference, facts, problems: before }: Inquiry,
  settings: AdapterSettings,
  hashOf: (value: string) => string,
): Made {
  const problems: Problem[] = [...before];
  const service = serviceOf(settings.accounts, facts.account);
  if (!service)
    problems.push({
      pointer: '/account',
      code: 'unknown_account',
      params: { account: facts.account || '*' },
    });
  const notificationType = typeOf(settings.reasons, facts.reasons);
  if (!notificationType)
    problems.push({ pointer: '/reason', code: 'unknown_reason', params: { reason: facts.reasons[0] ?? '' } });
  if (!facts.requestedAt) problems.push({ pointer: '/requestedAt', code: 'missing' });
  if (!facts.method) problems.push({ pointer: '/payment/method', code: 'not_a_choice' });
  const { trackingId, paidAt, gaps } = filled(facts, settings.fillsGaps, hashOf);
  if (!trackingId) problems.push({ pointer: '/payment/trackingId', code: 'missing' });
  if (!paidAt) problems.push({ pointer: '/payment/paidAt', code: 'missing' });
  if (problems.length > 0 || !service || !notificationType) return { problems };
  const { mid, sid, goods } = service;
  return {
    request: {
      ...{ institutionReference: reference, notificationType, mid, sid },
      ...{ requestedAt: facts.requestedAt, dueAt: facts.dueAt },
      supplement: [facts.note, ...gaps].filter((each) => each !== null).join('\n') || null,
      payment: { ...paymentOf(facts), trackingId, paidAt, goods },
    },
  };
}

const paymentOf = (facts: InquiryFacts) => ({
  method: facts.method,
  amount: facts.amount,
  customerId: fitting(facts.customerId, 64),
  orderId: fitting(facts.orderId, 38),
  productName: facts.productName?.slice(0, 500) ?? null,
  cardBrand: facts.cardBrand?.slice(0, 30) ?? null,
  cardLast4: facts.cardLast4 && /^\d{4}$/.test(facts.cardLast4) ? facts.cardLast4 : null,
});

/** Ids of another form than ours are left out: they are of use to nobody cut in two. */
const fitting = (id: string | null, max: number): string | null =>
  id !== null && id.length <= max && /^[\x20-\x7e]+$/.test(id) ? id : null;

const serviceOf = (accounts: readonly AccountService[], account: string): AccountService | undefined =>
  accounts.find((each) => each.account === account) ?? accounts.find((each) => each.account === '*');

function typeOf(known: AdapterSettings['reasons'], reasons: readonly string[]) {
  for (const wanted of [...reasons, '*']) {
    const found = known.find(({ reason }) => reason === wanted);
    if (found) return found.notificationType;
  }
  return undefined;
}

/** What a case cannot do without and the message lacks, with words that say so to the merchant. */
function filled(facts: InquiryFacts, fillsGaps: boolean, hashOf: (value: string) => string) {
  const gaps: string[] = [];
  let { trackingId, paidAt } = facts;
  if (!trackingId && fillsGaps && facts.paymentReference) {
    const digits = BigInt(`0x${hashOf(facts.paymentReference).slice(0, 24)}`) % 10n ** 12n;
    trackingId = `${madeUpStart}${String(digits).padStart(12, '0')}`;
    gaps.push(
      `トラッキングIDは通知に含まれないため、仮の番号です。決済事業者の決済番号: ${facts.paymentReference}`,
    );
  }
  if (!paidAt && fillsGaps) {
    paidAt = facts.requestedAt;
    gaps.push('決済日時は通知に含まれないため、照会の日時を示しています。');
  }
  return { trackingId, paidAt, gaps };
}
