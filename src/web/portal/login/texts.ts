export const texts = {
  ja: {
    title: '加盟店ポータル ログイン',
    userId: 'ユーザーID',
    password: 'パスワード',
    logIn: 'ログインする',
    show: 'パスワードを表示',
    hide: 'パスワードを隠す',
    enterUserId: 'ユーザーIDを入力してください。',
    enterPassword: 'パスワードを入力してください。',
  },
  en: {
    title: 'Merchant portal: log in',
    userId: 'User id',
    password: 'Password',
    logIn: 'Log in',
    show: 'Show the password',
    hide: 'Hide the password',
    enterUserId: 'Enter your user id.',
    enterPassword: 'Enter your password.',
  },
};
