export const deskTexts = {
  ja: {
    asMerchant: '加盟店様の画面を見る',
    asMerchantTitle: (caseId: string) => `加盟店様の画面 ${caseId}`,
    asMerchantText:
      '加盟店様(回答者)に表示される内容です。閲覧のみで、操作はできません。閲覧は監査証跡に記録されます。',
    backToCase: '案件管理票に戻る',
    title: '担当者・内部メモ',
    assignee: '担当者',
    nobody: '担当者なし',
    takeOver: '自分が担当する',
    private: '内部メモは加盟店様・決済機関には表示されません。追加後の変更・削除はできません。',
    none: '内部メモはまだありません。',
    note: '内部メモ',
    add: '内部メモを追加',
    needed: '内部メモを入力してください。',
    somebody: '(削除された担当者)',
  },
  en: {
    asMerchant: 'See it as the merchant does',
    asMerchantTitle: (caseId: string) => `As the merchant sees it: ${caseId}`,
    asMerchantText:
      'What a responder of the merchant is shown. To be looked at only; the audit trail records it.',
    backToCase: 'Back to the case',
    title: 'Who looks after it, and internal notes',
    assignee: 'Looked after by',
    nobody: 'Nobody',
    takeOver: 'Take it over',
    private:
      'Neither the merchant nor the institution sees internal notes. A note cannot be changed or removed.',
    none: 'There are no internal notes yet.',
    note: 'Internal note',
    add: 'Add the note',
    needed: 'Enter a note.',
    somebody: '(somebody who was removed)',
  },
};
