import { institutionKinds } from '#src/domain/institution-kinds.ts';
import type { Locale } from '#src/domain/text.ts';

/** The kinds of institutions by their codes, in one language. */
export const kindLabels = (locale: Locale): Record<string, string> =>
  Object.fromEntries(Object.entries(institutionKinds).map(([code, label]) => [code, label[locale]]));
