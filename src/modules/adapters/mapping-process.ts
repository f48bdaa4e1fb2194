import jsonata from 'jsonata';

/** An expression of an operator, and the message it is for. */
export type MappingJob = { expression: string; message: unknown };

/** What came of it, or the code of the error and where it is. */
export type MappingResult = { mapped: string } | { failed: string };

const mostBytes = 65_536;

process.once('message', async (job) => {
  process.send?.(await evaluate(job as MappingJob));
});

async function evaluate({ expression, message }: MappingJob): Promise<MappingResult> {
  try {
    const compiled = jsonata(expression);
    // An expression made by an expression would be read by nobody.
    compiled.assign('eval', null);
    const mapped = JSON.stringify((await compiled.evaluate(message)) ?? {});
    return mapped.length > mostBytes ? { failed: 'too_large' } : { mapped };
  } catch (error) {
    const { code = 'error', position } = error as { code?: string; position?: number };
    return { failed: position === undefined ? code : `${code} (${position})` };
  }
}
