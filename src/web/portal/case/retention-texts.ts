export const retentionTexts = {
  ja: {
    retention: '個人情報の保存期間',
    keptUntil: (when: string) => `${when}まで`,
    keptWhileOpen: 'クローズ後に起算',
    held: (who: string, when: string) => `リーガルホールド中(${when} ${who}が設定)`,
    somebody: 'PSP担当者',
    put: 'リーガルホールドを設定',
    lift: 'リーガルホールドを解除',
    putText:
      '解除するまで、この案件の個人情報は保存期間が満了しても消去されません。理由は監査のために保存されます。',
    liftText:
      '解除すると、保存期間が満了している場合は次の夜間処理で個人情報が消去されます。消去は取り消せません。',
  },
  en: {
    retention: 'Personal data',
    keptUntil: (when: string) => `kept until ${when}`,
    keptWhileOpen: 'its time starts when the case is closed',
    held: (who: string, when: string) => `Under a legal hold (put by ${who}, ${when})`,
    somebody: 'the PSP',
    put: 'Put a legal hold',
    lift: 'Lift the legal hold',
    putText:
      'Until the hold is lifted the personal data of this case is not erased, even after its time. The reason is kept for audits.',
    liftText: 'If its time is over, the personal data is erased the next night. That cannot be undone.',
  },
};
