export const reminderTexts = {
  ja: {
    title: '督促履歴',
    none: 'この案件の督促はまだ送信されていません。',
    next: (at: string, step: string) => `次回:${at} ${step}`,
    contacts: (count: number) => `ご担当者${count}名`,
    merchantAdmins: (count: number) => `加盟店の管理者${count}名`,
    operators: (count: number) => `PSP担当者${count}名`,
    nobody: '宛先なし',
    covered: '後の督促に含めました',
    and: '、',
  },
  en: {
    title: 'Reminders',
    none: 'No reminder of this case was sent yet.',
    next: (at: string, step: string) => `Next: ${at} ${step}`,
    contacts: (count: number) => (count === 1 ? '1 contact' : `${count} contacts`),
    merchantAdmins: (count: number) => (count === 1 ? '1 merchant’s admin' : `${count} merchant’s admins`),
    operators: (count: number) => (count === 1 ? '1 operator' : `${count} operators`),
    nobody: 'to nobody',
    covered: 'told of by a later one',
    and: ', ',
  },
};
