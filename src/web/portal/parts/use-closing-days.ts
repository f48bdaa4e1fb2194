import { useMemo } from 'react';
import type { ClosingDays } from '#src/domain/business-days.ts';
import { closingDaysOf } from '#src/domain/closing-days.ts';
import { useSession } from '../../api/session.ts';

/** The PSP's closing days, by which what is left is counted. */
export function useClosingDays(): ClosingDays {
  const { periods, confirmedYears } = useSession().closingDays;
  return useMemo(() => closingDaysOf(periods, confirmedYears), [periods, confirmedYears]);
}
