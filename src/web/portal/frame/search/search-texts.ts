import type { Schemas } from '../../../api/client.ts';

type FoundBy = Schemas['Everything']['cases'][number]['foundBy'];

const byJa: Record<FoundBy, string> = {
  caseNumber: '依頼管理番号',
  trackingId: 'トラッキングID',
  orderId: '購入ID',
  reference: '照会番号',
  customerId: '顧客ID',
};
const byEn: Record<FoundBy, string> = {
  caseNumber: 'case number',
  trackingId: 'tracking id',
  orderId: 'order id',
  reference: 'institution’s reference',
  customerId: 'customer id',
};

export const searchTexts = {
  ja: {
    search: '横断検索( / キー)',
    searchShort: '番号・ID・名称で検索',
    results: '検索結果',
    cases: '案件',
    merchants: '加盟店',
    institutions: '決済機関',
    users: 'ユーザー',
    inList: (q: string) => `依頼管理表で「${q}」を検索`,
    none: '一致するものはありません。',
    found: (count: number) => `${count}件の候補があります。上下キーで選べます。`,
    stopped: '停止中',
    retired: '受付終了',
    foundBy: byJa,
    provider: 'PSP担当者',
  },
  en: {
    search: 'Search everything (press /)',
    searchShort: 'Search numbers, ids and names',
    results: 'Results',
    cases: 'Cases',
    merchants: 'Merchants',
    institutions: 'Institutions',
    users: 'Users',
    inList: (q: string) => `Search the list of cases for "${q}"`,
    none: 'Nothing fits.',
    found: (count: number) =>
      count === 1
        ? '1 result. Choose it with the arrow keys.'
        : `${count} results. Choose with the arrow keys.`,
    stopped: 'stopped',
    retired: 'retired',
    foundBy: byEn,
    provider: 'Operator',
  },
};
