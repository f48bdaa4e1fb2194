import { randomInt, randomUUID } from 'node:crypto';

const institutionKey = 'demo-institution-key-0123456789abcdef';
const day = 86_400_000;

const answer = {
  cancellation: {
    ...{ result: 'cancelled_now', cancelledOn: '2026-08-20', lastChargedOn: '2026-08-01' },
    lastAmount: { value: 980, currency: 'JPY' },
  },
};

const aRequest = () => ({
  institutionReference: randomUUID(),
  ...{
    notificationType: 'cancellation.method_unknown',
    mid: '12345',
    sid: '001',
    supplement: 'ご確認ください。',
  },
  requestedAt: new Date(Date.now() - day).toISOString(),
  dueAt: new Date(Date.now() + 7 * day).toISOString(),
  payment: {
    ...{
      trackingId: String(randomInt(10 ** 13)).padStart(14, '2'),
      method: 'credit_card',
      customerId: 'C-1',
    },
    ...{ amount: { value: 12_800, currency: 'JPY' }, orderId: randomUUID(), productName: '月額プラン' },
    ...{ goods: 'subscription', cardBrand: 'JCB', cardLast4: '1234' },
    paidAt: new Date(Date.now() - 20 * day).toISOString(),
  },
});

type Call = { method: 'POST' | 'PUT'; path: string; key: string; body: object; version?: number };

/** The calls that take a case from its request to its registered answer. */
export function casesAt(port: number, merchantKey: string) {
  const call = async ({ method, path, key, body, version }: Call): Promise<{ id?: string }> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method,
      headers: {
        ...{ authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(version !== undefined && { 'if-match': `"${version}"` }),
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : {};
  };
  const asMerchant = { key: merchantKey } as const;
  return {
    /** A new case with a complete draft; its mails are on the way by now. */
    drafted: async (): Promise<string> => {
      const { id = '' } = await call({
        method: 'POST',
        path: '/cases',
        key: institutionKey,
        body: aRequest(),
      });
      const body = { content: answer };
      await call({ method: 'PUT', path: `/cases/${id}/draft`, ...asMerchant, body, version: 0 });
      return id;
    },
    register: (id: string) =>
      call({ method: 'POST', path: `/cases/${id}/answer`, ...asMerchant, body: { draftVersion: 1 } }),
  };
}
