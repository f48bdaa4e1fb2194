export const texts = {
  ja: { account: 'アカウント', userId: 'ユーザーID', name: '氏名' },
  en: { account: 'Account', userId: 'User id', name: 'Name' },
};
