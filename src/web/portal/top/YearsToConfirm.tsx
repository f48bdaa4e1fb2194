import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSession } from '../../api/session.ts';
import { useTexts } from '../../ui/locale.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { calendarQuery } from '../settings/calendar/calendar-queries.ts';

const texts = {
  ja: {
    title: (years: string) => `${years}年の休業日が確定していません`,
    text: '確定していない年にかかる回答期限は計算できず、回答期限の指定がない依頼を受け付けられません。',
    link: '営業日・回答期限を確認する',
    separator: '年・',
  },
  en: {
    title: (years: string) => `The closing days of ${years} are not confirmed`,
    text: 'No due date is computed through a year that is not confirmed, so requests that name none cannot be taken in.',
    link: 'Look at the business days',
    separator: ' and ',
  },
};

/** Tells operators, months before, that a year is coming whose closing days nobody has confirmed. */
export function YearsToConfirm() {
  const t = useTexts(texts);
  const { user } = useSession();
  const { data } = useQuery({ ...calendarQuery, enabled: user.kind === 'operator' });
  const [first] = data?.yearsToConfirm ?? [];
  if (!data || first === undefined) return null;
  return (
    <Notice kind="warning" title={t.title(data.yearsToConfirm.join(t.separator))}>
      {t.text}{' '}
      <Link to="/settings/calendar" search={{ year: String(first) }}>
        {t.link}
      </Link>
    </Notice>
  );
}
