import { z } from 'zod';
import { apiValues } from '#src/platform/http/api-values.ts';
import { prose } from '#src/platform/http/prose.ts';

const { caseId, instant } = apiValues;

/** An internal note (内部メモ). */
const CaseNote = z.object({
  id: z.uuid(),
  body: z.string(),
  writtenBy: z.string().nullable(),
  writtenAt: instant,
});

export const CaseNotes = z
  .object({ caseId, data: z.array(CaseNote) })
  .meta({ id: 'CaseNotes', description: 'The oldest first. Merchants and institutions never see them' });

export const NewNote = z.object({ body: z.string().trim().min(1).pipe(prose(2000)) });

export const Assignment = z.object({
  operatorId: z.uuid().nullable().meta({ description: 'Who looks after the case; null for nobody' }),
});

export const Operators = z
  .object({ data: z.array(z.object({ id: z.uuid(), name: z.string() })) })
  .meta({ id: 'Operators', description: 'Operators who can look after cases' });

const count = z.number().int().nonnegative();

/** Counting stops here: a number that long is no more use for being exact. */
export const mostCounted = 1_000;

export const Inbox = z
  .object({
    unassigned: count.meta({ description: 'Wait for an answer and nobody looks after them' }),
    mine: count.meta({ description: 'Wait for an answer and the caller looks after them' }),
    overdue: count,
    corrections: count.meta({ description: 'Corrections that merchants asked for and nobody has decided' }),
    extensions: count.meta({ description: 'Extensions that merchants asked for and nobody has decided' }),
    nobodyTold: count.meta({
      description: 'Wait for an answer, and no contact was there to be told of them',
    }),
    mailsUndelivered: count,
    webhooksDead: count.meta({ description: 'Deliveries whose tries are used up' }),
    webhooksOff: count.meta({ description: 'Endpoints that were switched off because they failed' }),
    messagesRefused: count.meta({ description: 'Messages of providers set aside in the last 30 days' }),
    repliesFailed: count.meta({ description: 'Answers that could not be sent to the provider that asked' }),
    outletsBroken: count.meta({ description: 'Providers that do not let us in, so that answers wait' }),
    importsWithErrors: count.meta({
      description: 'Files of the last 30 days that failed or have refused lines',
    }),
    mostCounted: count.meta({ description: 'A count of this much means so many or more' }),
  })
  .meta({ id: 'Inbox' });
