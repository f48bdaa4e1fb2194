import { Link } from '@tanstack/react-router';
import { showInstant } from '#src/domain/days.ts';
import type { User } from '../../../api/users.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { roleLabel } from './role-labels.ts';
import { texts } from './texts.ts';
import { UserState } from './UserState.tsx';
import styles from './UsersTable.module.css';

type Props = { rows: readonly User[]; showsMerchant: boolean; isStale: boolean };

/** The users one manages. On a phone each is a card. */
export function UsersTable({ rows, showsMerchant, isStale }: Props) {
  const t = useTexts(texts);
  const columns = [
    t.name,
    ...(showsMerchant ? [t.merchant] : []),
    ...[t.userId, t.roles, t.services, t.state, t.lastSignedIn],
  ];
  return (
    <table className={styles.table} data-stale={isStale} aria-busy={isStale}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((user) => (
          <UserLine key={user.id} user={user} showsMerchant={showsMerchant} />
        ))}
      </tbody>
    </table>
  );
}

function UserLine({ user, showsMerchant }: { user: User; showsMerchant: boolean }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { id, name, isOneself, mid, merchantName, userId, email, roles, sids, lastSignedInAt } = user;
  return (
    <tr>
      <td data-label={t.name}>
        <span>
          <Link to="/settings/users/$userId" params={{ userId: id }}>
            {name}
          </Link>
          {isOneself && ` (${t.oneself})`}
        </span>
      </td>
      {showsMerchant && (
        <td data-label={t.merchant}>{mid === null ? t.operators : `${mid} ${merchantName}`}</td>
      )}
      <td data-label={t.userId}>{userId ?? email}</td>
      <td data-label={t.roles}>{roles.map((role) => roleLabel(role, locale)).join('・')}</td>
      <td data-label={t.services}>{mid === null ? '—' : (sids?.join(', ') ?? t.allServices)}</td>
      <td data-label={t.state}>
        <UserState user={user} />
      </td>
      <td data-label={t.lastSignedIn}>
        {lastSignedInAt === null ? t.never : showInstant(new Date(lastSignedInAt), locale)}
      </td>
    </tr>
  );
}
