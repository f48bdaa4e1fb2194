import type { Problem } from './problems.ts';

/** What an inquiry says, before the settings of an adapter make a request of it. */
export type InquiryFacts = {
  /** The reasons to look for among the settings, the closest first. */
  reasons: readonly string[];
  account: string;
  requestedAt: string | null;
  dueAt: string | null;
  amount: { value: number; currency: string } | null;
  method: string | null;
  trackingId: string | null;
  /** The provider's own name of the payment. */
  paymentReference: string | null;
  paidAt: string | null;
  orderId: string | null;
  customerId: string | null;
  productName: string | null;
  cardBrand: string | null;
  cardLast4: string | null;
  /** What the provider tells the merchant in words. */
  note: string | null;
};

type Head = { eventKey: string; reference: string | null };

/** What one message of a provider says: an inquiry, the end of one, or nothing that concerns this product. */
export type ProviderMessage = Head &
  (
    | { says: 'inquiry'; facts: InquiryFacts; problems: readonly Problem[] }
    | { says: 'ended'; because: string }
    | { says: 'nothing'; problems: readonly Problem[] }
  );

/** An object that somebody else sent, of whom nothing is known. */
export type Sent = Readonly<Record<string, unknown>>;

export const objectIn = (value: unknown): Sent =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Sent) : {};

/** A text without the blanks that some providers put around codes; null where there is none. */
export function textIn(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
