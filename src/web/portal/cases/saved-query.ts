import type { SavedQuery } from '../../api/saved-filters.ts';
import type { ListSearch } from './list-search.ts';

const kept = [
  'status',
  'notificationType',
  'category',
  'mid',
  'sid',
  'due',
  'assignee',
  'asked',
  'sort',
] as const;

/** What of a search is kept under a name: not what was looked for, which may be personal, and no page. */
export const savedQueryOf = (search: ListSearch): SavedQuery =>
  Object.fromEntries(
    kept
      .map((name) => [name, search[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  ) as SavedQuery;

/** Whether a list shows what a saved filter says. */
export const isSameQuery = (one: SavedQuery, other: SavedQuery): boolean =>
  kept.every((name) => one[name] === other[name]);
