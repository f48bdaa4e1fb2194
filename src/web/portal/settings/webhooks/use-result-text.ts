import { useTexts } from '../../../ui/locale.tsx';
import { texts } from './texts.ts';

type Result = { status: number | null; reason: string | null };

/** What came of a try, in words: the status, or why there is none. */
export function useResultText(): (result: Result) => string {
  const t = useTexts(texts);
  return ({ status, reason }) => {
    if (status !== null) return `HTTP ${status}`;
    if (reason === null) return '—';
    return t.reasons[reason] ?? t.forbidden;
  };
}
