import { randomUUID } from 'node:crypto';
import { anInstitution, aRequest, as, type Institution, type Merchant, type World } from './world.ts';

/** Words that stand nowhere else: whoever finds one has found a person's data. */
const canary = (what: string): string => `${what}${randomUUID().slice(0, 8)}`;

export type Canaries = {
  caseId: string;
  institution: Institution;
  /** What says something of the cardholder, and so is masked. */
  masked: string[];
  /** All of it, which no dump may show. */
  all: string[];
  customerId: string;
  content: Record<string, Record<string, unknown>>;
};

/** A case whose every text is a canary, drafted and, if wanted, registered over the API. */
export async function aCaseOfCanaries(
  world: World,
  merchant: Merchant,
  { answered = true } = {},
): Promise<Canaries> {
  const institution = await anInstitution(world);
  const customerId = canary('C-');
  const supplement = canary('補足');
  const productName = canary('月額');
  const request = aRequest(merchant.mid, {
    type: 'inquiry.unrecognized',
    goods: 'physical',
    productName,
  });
  const sent = { ...request, supplement, payment: { ...request.payment, customerId } };
  const taken = await as(world, institution).post('/cases', sent, { 'idempotency-key': randomUUID() });
  if (taken.status !== 201) throw new Error(JSON.stringify(taken.body));
  const caseId: string = taken.body.id;
  const texts = ['氏名', '住所', '宛名', '配送先', '利用歴', '窓口'].map(canary);
  const [name = '', address = '', otherName = '', otherAddress = '', past = '', desk = ''] = texts;
  const email = `${canary('mail')}@example.jp`;
  const content = {
    purchaser: { name, address, email },
    shipping: { orderedOn: '2026-08-01', deliverTo: 'other' },
    delivery: { name: otherName, address: otherAddress },
    contactDesk: { deskName: desk, phone: '03-1234-5678' },
    pastUsage: { details: past },
  };
  const hanako = as(world, merchant.hanako);
  const saved = await hanako.put(`/cases/${caseId}/draft`, { content }, { 'if-match': '"0"' });
  if (saved.status !== 200) throw new Error(JSON.stringify(saved.body));
  if (answered) {
    const key = { 'idempotency-key': randomUUID() };
    const registered = await hanako.post(`/cases/${caseId}/answer`, { draftVersion: 1 }, key);
    if (registered.status !== 201) throw new Error(JSON.stringify(registered.body));
  }
  const masked = [customerId, supplement, name, address, otherName, otherAddress, past, email];
  return { caseId, institution, masked, all: [...masked, productName, desk], customerId, content };
}
