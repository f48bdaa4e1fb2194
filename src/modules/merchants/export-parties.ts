import type { z } from 'zod';
import { institutionKinds } from '#src/domain/institution-kinds.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { ListExport } from '#src/platform/exports/list-export.ts';
import type { InstitutionFilter, InstitutionRow } from './institution-schemas.ts';
import { listInstitutions } from './list-institutions.ts';
import { listMerchants } from './list-merchants.ts';
import type { MerchantFilter, MerchantRow } from './merchant-schemas.ts';

/** The institutions of a filter as a file. */
export const institutionExport: ListExport<
  Actor,
  z.output<typeof InstitutionFilter>,
  z.input<typeof InstitutionRow>
> = {
  action: 'institution.export',
  columns: [
    { heading: { ja: '決済機関ID', en: 'Institution id' }, cell: ({ id }) => id },
    { heading: { ja: '名称', en: 'Name' }, cell: ({ name }) => name },
    { heading: { ja: '種類', en: 'Kind' }, cell: ({ kind }, locale) => institutionKinds[kind][locale] },
    { heading: { ja: '受付終了日時', en: 'Retired at' }, cell: ({ retiredAt }) => retiredAt ?? '' },
    { heading: { ja: '回答待ちの案件', en: 'Cases waiting' }, cell: ({ waiting }) => waiting },
  ],
  list: listInstitutions,
};

/** The merchants of a filter as a file. */
export const merchantExport: ListExport<
  Actor,
  z.output<typeof MerchantFilter>,
  z.input<typeof MerchantRow>
> = {
  action: 'merchant.export',
  columns: [
    { heading: { ja: 'MID', en: 'MID' }, cell: ({ mid }) => mid },
    { heading: { ja: '加盟店名', en: 'Name' }, cell: ({ name }) => name },
    { heading: { ja: '停止日時', en: 'Stopped at' }, cell: ({ stoppedAt }) => stoppedAt ?? '' },
    { heading: { ja: 'サービス数', en: 'Services' }, cell: ({ services }) => services },
    { heading: { ja: 'ユーザー数', en: 'Users' }, cell: ({ users }) => users },
    { heading: { ja: '連絡先数', en: 'Contacts' }, cell: ({ contacts }) => contacts },
    { heading: { ja: '回答待ちの案件', en: 'Cases waiting' }, cell: ({ waiting }) => waiting },
  ],
  list: listMerchants,
};
