import { z } from 'zod';
import {
  type ReturnColumn,
  type ReturnEncoding,
  returnColumnCodes,
  returnEncodingCodes,
  timeOfDay,
} from '#src/domain/return-files.ts';
import { apiValues } from '#src/platform/http/api-values.ts';

const { instant, caseId } = apiValues;

const encoding = z.enum(returnEncodingCodes as [ReturnEncoding, ...ReturnEncoding[]]);
const column = z.enum(returnColumnCodes as [ReturnColumn, ...ReturnColumn[]]);
const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** What may be set of a channel. */
export const ReturnSettings = z
  .strictObject({
    isOn: z.boolean(),
    encoding,
    columns: z.array(column).min(1).max(30).refine(isUnique),
    times: z.array(z.string().regex(timeOfDay)).min(1).max(24).refine(isUnique).meta({
      description: 'Times of day in Japan, on business days',
    }),
  })
  .meta({ id: 'ReturnSettings' });

/** How an institution gets its answers as files; `settings` is null until somebody sets it. */
export const ReturnChannel = z
  .object({
    institutionId: z.string(),
    institutionName: z.string(),
    settings: ReturnSettings.nullable(),
    version: z.number().int().meta({ description: 'For If-Match; 0 before the first settings' }),
    folder: z.string().meta({ description: 'Its folder at the place of all files' }),
    written: z.number().int(),
    waiting: z.number().int().meta({ description: 'Files that are not written yet' }),
    failed: z.number().int().meta({ description: 'Files that were given up' }),
    setAside: z.number().int().meta({ description: 'Answers that the encoding cannot say' }),
    writtenAt: instant.nullable(),
  })
  .meta({ id: 'ReturnChannel' });

export const ReturnChannels = z
  .object({
    place: z.enum(['folder', 's3']).meta({ description: 'Where files go' }),
    data: z.array(ReturnChannel),
  })
  .meta({ id: 'ReturnChannels' });

export const ReturnFile = z
  .object({
    id: z.uuid(),
    institutionId: z.string(),
    number: z.number().int(),
    name: z.string(),
    state: z.enum(['waiting', 'written', 'failed']),
    answers: z.number().int(),
    bytes: z.number().int(),
    sha256: z.string(),
    tries: z.number().int(),
    lastError: z.string().nullable().meta({ description: 'Why it was not written, as a code' }),
    madeAt: instant,
    writtenAt: instant.nullable(),
  })
  .meta({ id: 'ReturnFile' });

export const ReturnFilePage = z
  .object({ data: z.array(ReturnFile), nextCursor: z.string().nullable() })
  .meta({ id: 'ReturnFilePage' });

export const SetAsideAnswers = z
  .object({
    data: z.array(
      z.object({
        caseId,
        version: z.number().int(),
        institutionId: z.string(),
        characters: z
          .array(z.string())
          .meta({ description: 'The first that cannot be written, as code points' }),
        setAsideAt: instant,
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'SetAsideAnswers' });
