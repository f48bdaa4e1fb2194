import { caseStatuses } from '#src/domain/case-life.ts';
import type { Locale } from '#src/domain/text.ts';
import type { Schemas } from '../../../api/client.ts';
import { searchTexts } from './search-texts.ts';

type Everything = Schemas['Everything'];

/** One thing that was found, or the way to the list of cases. */
export type Option = { key: string; href: string; label: string; detail: string };
export type OptionGroup = { key: string; title: string; options: readonly Option[] };

/** What was found as groups of things to choose from, in the order of the screen; empty groups are left out. */
export function optionsOf(found: Everything, locale: Locale): OptionGroup[] {
  const t = searchTexts[locale];
  const groups: OptionGroup[] = [
    {
      key: 'cases',
      title: t.cases,
      options: found.cases.map(({ id, mid, sid, status, foundBy }) => ({
        key: `case-${id}`,
        href: `/cases/${id}`,
        label: id,
        detail: [
          `${mid}-${sid}`,
          caseStatuses[status][locale],
          ...(foundBy === 'caseNumber' ? [] : [t.foundBy[foundBy]]),
        ].join(' · '),
      })),
    },
    {
      key: 'merchants',
      title: t.merchants,
      options: found.merchants.map(({ mid, name, isStopped }) => ({
        key: `merchant-${mid}`,
        href: `/settings/merchants/${mid}`,
        label: name,
        detail: [mid, ...(isStopped ? [t.stopped] : [])].join(' · '),
      })),
    },
    {
      key: 'institutions',
      title: t.institutions,
      options: found.institutions.map(({ id, name, isRetired }) => ({
        key: `institution-${id}`,
        href: `/settings/institutions/${encodeURIComponent(id)}`,
        label: name,
        detail: [id, ...(isRetired ? [t.retired] : [])].join(' · '),
      })),
    },
    {
      key: 'users',
      title: t.users,
      options: (found.users ?? []).map(({ id, name, email, merchantName }) => ({
        key: `user-${id}`,
        href: `/settings/users/${id}`,
        label: name,
        detail: [merchantName ?? t.provider, ...(email ? [email] : [])].join(' · '),
      })),
    },
  ];
  return groups.filter(({ options }) => options.length > 0);
}

/** The list of cases with what was typed, whatever the status. */
export const listOf = (q: string): string =>
  `/cases?${new URLSearchParams({ q, status: 'received,correcting,answered,withdrawn,expired' })}`;
