import type { z } from 'zod';
import type { Actor } from '#src/platform/actor.ts';
import type { ListExport } from '#src/platform/exports/list-export.ts';
import { listKeys } from './find-keys.ts';
import type { ApiKey, KeyFilter } from './key-schemas.ts';

type Row = z.input<typeof ApiKey>;

const states = {
  active: { ja: '有効', en: 'Active' },
  replaced: { ja: '交換済', en: 'Replaced' },
  expired: { ja: '期限切れ', en: 'Expired' },
  revoked: { ja: '失効', en: 'Revoked' },
} as const;

/** The keys of a filter as a file. No key stands in it: what is stored of one is a hash, and its first letters tell them apart. */
export const keyExport: ListExport<Actor, Omit<z.output<typeof KeyFilter>, 'limit' | 'cursor'>, Row> = {
  action: 'key.export',
  columns: [
    { heading: { ja: 'キーID', en: 'Key id' }, cell: ({ id }) => id },
    { heading: { ja: '先頭の文字', en: 'First letters' }, cell: ({ prefix }) => prefix },
    { heading: { ja: '名称', en: 'Name' }, cell: ({ name }) => name },
    { heading: { ja: '所有者', en: 'Owner' }, cell: ({ owner }) => idOf(owner) },
    { heading: { ja: '所有者の名称', en: 'Name of the owner' }, cell: ({ ownerName }) => ownerName ?? '' },
    { heading: { ja: '権限', en: 'Scopes' }, cell: ({ scopes }) => scopes.join(' ') },
    { heading: { ja: 'SID', en: 'SID' }, cell: ({ sids }) => sids?.join(' ') ?? '' },
    { heading: { ja: '状態', en: 'State' }, cell: ({ state }, locale) => states[state][locale] },
    { heading: { ja: '発行日時', en: 'Created at' }, cell: ({ createdAt }) => createdAt },
    { heading: { ja: '発行者', en: 'Created by' }, cell: ({ createdBy }) => createdBy ?? '' },
    { heading: { ja: '有効期限', en: 'Expires at' }, cell: ({ expiresAt }) => expiresAt ?? '' },
    { heading: { ja: '最終使用日時', en: 'Last used at' }, cell: ({ lastUsedAt }) => lastUsedAt ?? '' },
    { heading: { ja: '失効日時', en: 'Revoked at' }, cell: ({ revokedAt }) => revokedAt ?? '' },
    { heading: { ja: '交換後のキーID', en: 'Replaced by' }, cell: ({ replacedBy }) => replacedBy ?? '' },
  ],
  list: listKeys,
};

function idOf(owner: Row['owner']): string {
  if (owner.kind === 'institution') return owner.institutionId;
  return owner.kind === 'merchant' ? owner.mid : 'PSP';
}
