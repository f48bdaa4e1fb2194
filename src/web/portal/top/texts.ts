export const texts = {
  ja: {
    title: '顧客サポートトップ',
    today: '本日の対応',
    overdue: '回答期限超過',
    dueToday: '本日が期限',
    dueThisWeek: '今週が期限(明日以降)',
    cases: '件',
    table: '依頼カテゴリとステータス別の件数',
    category: '依頼カテゴリ',
    plot: '期限内の回答(直近8週)',
    plotText: (week: string, inTime: number, late: number) =>
      `${week}の週: 期限内${inTime}件、期限後${late}件`,
    inTime: '期限内',
    late: '期限後',
    noAnswers: '直近8週に登録された回答はありません。',
  },
  en: {
    title: 'Customer support top',
    today: 'To do today',
    overdue: 'Overdue',
    dueToday: 'Due today',
    dueThisWeek: 'Due this week (after today)',
    cases: '',
    table: 'Cases by category and status',
    category: 'Category',
    plot: 'Answered in time (last 8 weeks)',
    plotText: (week: string, inTime: number, late: number) =>
      `Week of ${week}: ${inTime} in time, ${late} late`,
    inTime: 'In time',
    late: 'Late',
    noAnswers: 'No answer was registered in the last 8 weeks.',
  },
};
