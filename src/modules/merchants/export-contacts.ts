import type { z } from 'zod';
import { categories } from '#src/domain/categories.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { ListExport } from '#src/platform/exports/list-export.ts';
import type { Contact } from './contact-schemas.ts';
import { listContacts } from './find-contacts.ts';

/** A merchant's contacts as a file: all of them, as the screen shows them. */
export const contactExport: ListExport<Actor, { mid: string }, z.input<typeof Contact>> = {
  action: 'contact.export',
  columns: [
    { heading: { ja: '連絡先ID', en: 'Contact id' }, cell: ({ id }) => id },
    { heading: { ja: 'SID', en: 'SID' }, cell: ({ sid }, locale) => sid ?? everyService[locale] },
    {
      heading: { ja: '依頼カテゴリ', en: 'Category' },
      cell: ({ category }, locale) => categories[category].label[locale],
    },
    { heading: { ja: '名前', en: 'Name' }, cell: ({ name }) => name },
    { heading: { ja: 'メールアドレス', en: 'Mail address' }, cell: ({ email }) => email },
    { heading: { ja: '言語', en: 'Language' }, cell: ({ locale }) => locale },
    {
      heading: { ja: '送信不能', en: 'Unreachable since' },
      cell: ({ unreachable }) => unreachable?.since ?? '',
    },
    { heading: { ja: '応答コード', en: 'Reply' }, cell: ({ unreachable }) => unreachable?.reply ?? '' },
  ],
  list: async (db, actor, { mid }) => ({
    data: (await listContacts(db, actor, { mid })).data,
    nextCursor: null,
  }),
};

const everyService = { ja: 'すべてのサービス', en: 'all services' } as const;
