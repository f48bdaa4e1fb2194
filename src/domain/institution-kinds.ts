import { type Text, text } from './text.ts';

/** What kind of payment institution (決済機関) sends requests. The code is stored and sent. */
export const institutionKinds = {
  card: text('カード会社', 'Card company'),
  carrier: text('携帯キャリア', 'Carrier'),
  wallet: text('ウォレット・コード決済', 'Wallet'),
  bank: text('銀行・コンビニ収納', 'Bank or cash payment'),
  other: text('その他', 'Other'),
} as const satisfies Record<string, Text>;

export type InstitutionKind = keyof typeof institutionKinds;

export const institutionKindCodes = Object.keys(institutionKinds) as [InstitutionKind, ...InstitutionKind[]];
