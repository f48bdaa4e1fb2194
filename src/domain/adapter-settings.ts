import type { NotificationCode } from './notification-types.ts';
import type { Goods } from './section-shape.ts';
import { type Text, text } from './text.ts';

/** Whose messages an adapter (接続) understands. */
export const adapterKinds = {
  stripe: text('Stripe', 'Stripe'),
  adyen: text('Adyen', 'Adyen'),
  mapping: text('変換規則(JSONata)', 'Mapping rule (JSONata)'),
} as const satisfies Record<string, Text>;

export type AdapterKind = keyof typeof adapterKinds;

/** The service that a provider's account stands for; `*` is any account. */
export type AccountService = { account: string; mid: string; sid: string; goods: Goods };

/** How an adapter reads what it is sent, all of it an operator's to change. */
export type AdapterSettings = {
  /** The provider's reason, as its code or `*`, and the notification type it becomes. */
  reasons: readonly { reason: string; notificationType: NotificationCode }[];
  accounts: readonly AccountService[];
  /** Whether a tracking id and the time of the payment are made up for where a message lacks them. */
  fillsGaps: boolean;
  /** The JSONata expression of a mapping; empty for the others. */
  mapping: string;
};

/** The reasons that providers give, as they are read unless an operator says otherwise. */
export const usualReasons: Readonly<Record<AdapterKind, AdapterSettings['reasons']>> = {
  stripe: [
    { reason: 'general', notificationType: 'inquiry.usage_detail' },
    { reason: 'fraudulent', notificationType: 'inquiry.fraud_abuse' },
    { reason: 'subscription_canceled', notificationType: 'inquiry.cancel_wish' },
    { reason: 'product_not_received', notificationType: 'inquiry.not_provided' },
    { reason: 'duplicate', notificationType: 'inquiry.duplicate_charge' },
    { reason: 'unrecognized', notificationType: 'inquiry.unrecognized' },
    { reason: 'product_unacceptable', notificationType: 'complaint.service_differs' },
    { reason: 'credit_not_processed', notificationType: 'complaint.refund_wish' },
  ],
  adyen: [
    { reason: 'REQUEST_FOR_INFORMATION', notificationType: 'inquiry.usage_detail' },
    { reason: 'NOTIFICATION_OF_FRAUD', notificationType: 'fraud_notice.reported' },
  ],
  mapping: [],
};
