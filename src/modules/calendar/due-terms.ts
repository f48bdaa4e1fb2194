import type { DueTerms } from './calendar-schemas.ts';

/** What tells one state of an institution's terms from another. */
export const versionOf = ({ dueRule, expiryDays }: DueTerms): string =>
  `${dueRule ? `${dueRule.days}-${dueRule.of}` : 'none'}-${expiryDays}`;
