import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { Locale } from '#src/domain/text.ts';

const key = 'shokai.locale';

/** The language of the screens before anybody is logged in: the one chosen last in this browser, else Japanese. */
export const storedLocale = (): Locale => (localStorage.getItem(key) === 'en' ? 'en' : 'ja');

const LocaleContext = createContext<{ locale: Locale; setLocale: (locale: Locale) => void }>({
  locale: 'ja',
  setLocale: () => undefined,
});

export function LocaleProvider({ children }: { children: ReactNode }) {
  const [locale, set] = useState<Locale>(storedLocale);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const setLocale = useCallback((chosen: Locale) => {
    localStorage.setItem(key, chosen);
    set(chosen);
  }, []);
  const value = useMemo(() => ({ locale, setLocale }), [locale, setLocale]);
  return <LocaleContext value={value}>{children}</LocaleContext>;
}

export const useLocale = (): Locale => useContext(LocaleContext).locale;

export const useSetLocale = (): ((locale: Locale) => void) => useContext(LocaleContext).setLocale;

/** The words of a screen in the current language; both languages have the same names. */
export const useTexts = <Words,>(texts: Record<Locale, Words>): Words => texts[useLocale()];
