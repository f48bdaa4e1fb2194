type Lead = { days: number; hours: number };

const inJapanese = ({ days, hours }: Lead): string =>
  `${days > 0 ? `${days}日` : ''}${hours > 0 || days === 0 ? `${hours}時間` : ''}`;

const inEnglish = ({ days, hours }: Lead): string =>
  [
    days > 0 ? `${days} ${days === 1 ? 'day' : 'days'}` : '',
    hours > 0 || days === 0 ? `${hours} ${hours === 1 ? 'hour' : 'hours'}` : '',
  ]
    .filter((part) => part)
    .join(' ');

export const rehearsalTexts = {
  ja: {
    title: 'リハーサル用の時計',
    onlyHere: '(デモ専用)',
    isReal: '実際の時刻です。',
    isAhead: (lead: Lead) => `実際の時刻より${inJapanese(lead)}進んでいます。`,
    buttons: '時計の操作',
    to: {
      one_hour: '1時間進める',
      next_business_morning: '翌営業日の朝へ',
      one_week: '1週間進める',
      real_time: '元に戻す',
    },
    moving: '時計を進めています。その間に届くはずのメールや期限の処理も行います。',
  },
  en: {
    title: 'Rehearsal clock',
    onlyHere: '(in the demo only)',
    isReal: 'This is the real time.',
    isAhead: (lead: Lead) => `${inEnglish(lead)} ahead of the real time.`,
    buttons: 'Move the clock',
    to: {
      one_hour: 'One hour on',
      next_business_morning: 'Next business morning',
      one_week: 'One week on',
      real_time: 'Back to the real time',
    },
    moving: 'Moving the clock, and doing what would have been done by then, such as mails and deadlines.',
  },
};
