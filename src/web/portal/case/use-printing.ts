import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/**
 * Whether the page is being printed. It is drawn anew before the browser takes its picture, and in light colours: on paper
 * the light text of the dark ones could not be read.
 */
export function useIsPrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const root = document.documentElement;
    let shown: string | undefined;
    const before = (): void => {
      shown ??= root.dataset.mantineColorScheme;
      root.dataset.mantineColorScheme = 'light';
      flushSync(() => setPrinting(true));
    };
    const after = (): void => {
      root.dataset.mantineColorScheme = shown ?? 'light';
      shown = undefined;
      setPrinting(false);
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return isPrinting;
}
