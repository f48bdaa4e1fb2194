import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { type CaseStatus, caseStatusCodes, caseStatuses } from '#src/domain/case-life.ts';
import { type CategoryCode, categories } from '#src/domain/categories.ts';
import { api, type Schemas, unwrap } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { ErrorPage } from '../../ui/ErrorPage.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { useLocale, useTexts } from '../../ui/locale.tsx';
import { Page } from '../../ui/Page.tsx';
import styles from './TopPage.module.css';
import { texts } from './texts.ts';
import { WeekPlot } from './WeekPlot.tsx';
import { YearsToConfirm } from './YearsToConfirm.tsx';

// Merchants do not load what only operators see.
const HoldNotice = lazy(async () => ({
  default: (await import('../settings/reminders/HoldNotice.tsx')).HoldNotice,
}));

type Counts = Schemas['CaseCounts'];

/** 手順書「顧客サポートトップ」: what has to be done today, and the cases by category and status. */
export function TopPage() {
  const t = useTexts(texts);
  const { user } = useSession();
  const { data, error } = useQuery({
    queryKey: ['counts'],
    queryFn: () => unwrap(api.GET('/api/v1/cases/counts')),
    refetchOnWindowFocus: true,
  });
  if (error) return <ErrorPage error={error} />;
  return (
    <Page title={t.title}>
      {user.kind === 'operator' && (
        <Suspense>
          <HoldNotice />
        </Suspense>
      )}
      <YearsToConfirm />
      {data ? (
        <Stack gap="xl">
          <Today waiting={data.waiting} />
          <CountTable categories={data.categories} />
          <WeekPlot weeks={data.answeredByWeek} />
        </Stack>
      ) : (
        <Loading rows={8} />
      )}
    </Page>
  );
}

function Today({ waiting }: { waiting: Counts['waiting'] }) {
  const t = useTexts(texts);
  const tiles = [
    { due: 'overdue', label: t.overdue, count: waiting.overdue },
    { due: 'today', label: t.dueToday, count: waiting.dueToday },
    { due: 'this_week', label: t.dueThisWeek, count: waiting.dueThisWeek },
  ];
  return (
    <section aria-labelledby="today">
      <Title order={2} size="h5" id="today" mb="xs">
        {t.today}
      </Title>
      <ul className={styles.tiles}>
        {tiles.map(({ due, label, count }) => (
          <li key={due}>
            <Link to="/cases" search={{ due }} className={styles.tile} data-due={count > 0 ? due : 'none'}>
              <span>{label}</span>
              <span className={styles.count}>
                {count}
                <small>{t.cases}</small>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** 手順書「依頼カテゴリが『利用照会・代行解約』である、依頼受領の件数をクリックしてください」 */
function CountTable({ categories: rows }: { categories: Counts['categories'] }) {
  const t = useTexts(texts);
  const locale = useLocale();
  return (
    <section aria-labelledby="counts">
      <Title order={2} size="h5" id="counts" mb="xs">
        {t.table}
      </Title>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard. */}
      <div className={styles.scroll} tabIndex={0} role="group" aria-labelledby="counts">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t.category}</th>
              {caseStatusCodes.map((status) => (
                <th scope="col" key={status}>
                  {caseStatuses[status][locale]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ category, counts }) => (
              <tr key={category}>
                <th scope="row">{categories[category].label[locale]}</th>
                {caseStatusCodes.map((status) => (
                  <CountCell key={status} category={category} status={status} count={counts[status] ?? 0} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type CellProps = { category: CategoryCode; status: CaseStatus; count: number };

function CountCell({ category, status, count }: CellProps) {
  const locale = useLocale();
  return (
    <td>
      <Link
        to="/cases"
        search={{ category, status }}
        aria-label={`${caseStatuses[status][locale]} ${count}`}
        data-zero={count === 0}
      >
        {count.toLocaleString(locale)}
      </Link>
    </td>
  );
}
