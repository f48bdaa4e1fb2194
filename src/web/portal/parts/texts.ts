export const methodTexts = {
  ja: {
    credit_card: 'クレジットカード',
    carrier_billing: 'キャリア決済',
    wallet: 'ウォレット決済',
    bank_transfer: '銀行振込',
    convenience_store: 'コンビニ決済',
  },
  en: {
    credit_card: 'Credit card',
    carrier_billing: 'Carrier billing',
    wallet: 'Wallet',
    bank_transfer: 'Bank transfer',
    convenience_store: 'Convenience store',
  },
};

export const markTexts = {
  ja: { draft: '下書きあり', late: '期限後の回答' },
  en: { draft: 'Draft', late: 'Answered late' },
};
