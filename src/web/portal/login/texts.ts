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
    forgotten: 'パスワードをお忘れの方',
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
    forgotten: 'Forgotten your password?',
  },
};
