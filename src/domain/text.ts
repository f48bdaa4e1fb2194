/** The languages of the screens, the mails and the API's messages. Japanese comes first and is the default. */
export const locales = ['ja', 'en'] as const;

export type Locale = (typeof locales)[number];

/** Words that people read, in every language of the product. */
export type Text = Readonly<Record<Locale, string>>;

/**
 * Pairs the Japanese words with their English twin. The bundler is told that this does nothing else, so that a page loads no
 * table of words that it does not show.
 */
/* @__NO_SIDE_EFFECTS__ */
export function text(ja: string, en: string): Text {
  return { ja, en };
}

/** Puts values into the `{name}` places of a message. A place without a value stays visible, so that it is noticed. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** The first language of an Accept-Language header that the product speaks; Japanese when there is none. */
export function preferredLocale(acceptLanguage: string | undefined): Locale {
  for (const part of (acceptLanguage ?? '').split(',')) {
    const language = part.trim().slice(0, 2).toLowerCase();
    const known = locales.find((locale) => locale === language);
    if (known) return known;
  }
  return 'ja';
}
