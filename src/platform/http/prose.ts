import { z } from 'zod';
import { lengthOf, textProblem } from '#src/domain/text-rules.ts';

/** Text that people wrote: a limit in characters, nothing unreadable, no card number. Every text that is stored is read by it. */
export const prose = (max: number) =>
  z.string().superRefine((value, context) => {
    const code = textProblem(value, max);
    if (code) {
      const values = { max, length: lengthOf(value) };
      context.addIssue({ code: 'custom', message: code, params: { code, values } });
    }
  });
