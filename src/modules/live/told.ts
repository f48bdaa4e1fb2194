import { z } from 'zod';

/** What the database tells of a step, or of many alike; of many it names no case. */
const Item = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.string(),
  z.number().int(),
  z.string().nullable(),
  z.number().int().nullable(),
]);

/** A step of a case, or several of one service at once. */
export type Told = {
  type: string;
  tenant: { mid: string; sid: string; institutionId: string };
  count: number;
  caseId: string | null;
  sequence: number | null;
};

/** What was told, read; undefined for what cannot be read. */
export function readTold(text: string): Told[] | undefined {
  return z
    .array(Item)
    .safeParse(jsonIn(text))
    .data?.map(([type, mid, sid, institutionId, count, caseId, sequence]) => ({
      type,
      tenant: { mid, sid, institutionId },
      count,
      caseId,
      sequence,
    }));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a browser is told: how many requests are new, and which cases moved to which place in their history. */
export function toMessage(told: readonly Told[]): string {
  const received = told
    .filter(({ type }) => type === 'case.received')
    .reduce((sum, { count }) => sum + count, 0);
  const cases = told.flatMap(({ caseId, sequence }) =>
    caseId === null || sequence === null ? [] : [{ caseId, sequence }],
  );
  return `event: changed\ndata: ${JSON.stringify({ received, cases })}\n\n`;
}
