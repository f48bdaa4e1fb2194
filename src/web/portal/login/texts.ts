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

/** Logging in, or proving once more who one is, at the identity provider of the PSP. */
export const singleSignOnTexts = {
  ja: {
    title: 'シングルサインオン',
    or: 'または',
    logIn: (label: string) => `${label}でログイン`,
    prove: (label: string) => `${label}で確認する`,
    checking: '認証基盤からの応答を確認しています。',
    goingOn: '画面を開いています。',
    closeWindow: '確認できました。この画面を閉じて、元の画面にお戻りください。',
    toLogin: 'ログイン画面に戻る',
    otherWindow: '認証基盤の画面が別のウィンドウで開きます。この画面に入力した内容は残ります。',
    waiting: '別のウィンドウで手続きを済ませると、この画面の操作が続きます。',
    blocked:
      '別のウィンドウを開けませんでした。ブラウザーの設定でこのサイトのポップアップを許可し、もう一度押してください。',
    failed: '完了できませんでした。もう一度お試しください。',
  },
  en: {
    title: 'Single sign-on',
    or: 'or',
    logIn: (label: string) => `Log in with ${label}`,
    prove: (label: string) => `Verify with ${label}`,
    checking: 'Checking the reply of the identity provider.',
    goingOn: 'Opening the page.',
    closeWindow: 'Done. Close this window and go back to the other one.',
    toLogin: 'Back to the login',
    otherWindow: 'The identity provider opens in a window of its own. What you typed here stays.',
    waiting: 'Once you are done in the other window, this one goes on by itself.',
    blocked: 'No window could be opened. Allow pop-ups of this site in your browser and press again.',
    failed: 'That did not work. Please try again.',
  },
};
