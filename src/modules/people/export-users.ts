import type { z } from 'zod';
import { merchantRoles, operatorRoles } from '#src/domain/rights.ts';
import type { Locale, Text } from '#src/domain/text.ts';
import type { ListExport } from '#src/platform/exports/list-export.ts';
import { listUsers } from './list-users.ts';
import type { UserAdmin } from './managed-by.ts';
import type { User, UserFilter } from './user-schemas.ts';

type Row = z.input<typeof User>;

/** A user's filter without the part that turns pages. */
export type UserSearch = Omit<z.output<typeof UserFilter>, 'limit' | 'cursor'>;

const states: Record<Row['state'], Text> = {
  invited: { ja: '招待中', en: 'Invited' },
  active: { ja: '有効', en: 'Active' },
  locked: { ja: 'ロック中', en: 'Locked' },
  disabled: { ja: '停止中', en: 'Disabled' },
};

const roleNames = (roles: readonly string[], isOperator: boolean, locale: Locale): string => {
  const known: Readonly<Record<string, { label: Text }>> = isOperator ? operatorRoles : merchantRoles;
  return roles.map((role) => known[role]?.label[locale] ?? role).join('・');
};

/** The users of a filter as a file. */
export const userExport: ListExport<UserAdmin, UserSearch, Row> = {
  action: 'user.export',
  columns: [
    { heading: { ja: '氏名', en: 'Name' }, cell: ({ name }) => name },
    { heading: { ja: 'MID', en: 'MID' }, cell: ({ mid }) => mid ?? '' },
    { heading: { ja: '加盟店名', en: 'Merchant' }, cell: ({ merchantName }) => merchantName ?? '' },
    { heading: { ja: 'ユーザーID', en: 'User id' }, cell: ({ userId }) => userId ?? '' },
    { heading: { ja: 'メールアドレス', en: 'Mail address' }, cell: ({ email }) => email ?? '' },
    {
      heading: { ja: '役割', en: 'Roles' },
      cell: ({ roles, mid }, locale) => roleNames(roles, mid === null, locale),
    },
    { heading: { ja: 'サービス', en: 'Services' }, cell: ({ sids }) => sids?.join(' ') ?? '' },
    { heading: { ja: '状態', en: 'State' }, cell: ({ state }, locale) => states[state][locale] },
    {
      heading: { ja: '最終ログイン', en: 'Last log-in' },
      cell: ({ lastSignedInAt }) => lastSignedInAt ?? '',
    },
  ],
  list: listUsers,
};
