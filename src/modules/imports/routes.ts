import { Readable } from 'node:stream';
import { z } from 'zod';
import type { OperatorActor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { exportEndpoints } from '#src/platform/http/export-endpoints.ts';
import { prose } from '#src/platform/http/prose.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { cancelImport, confirmImport, mapImport, resumeImport } from './decide-import.ts';
import { importExport } from './export-imports.ts';
import { getImport, Import, Imports, listImports } from './import-row.ts';
import { ImportMapping } from './mapping.ts';
import { ImportPreview, previewImport } from './preview-import.ts';
import { resultFile } from './result-file.ts';
import { startImport } from './start-import.ts';

const tag = 'Imports';
const operators = { kinds: ['operator'], right: 'take_in_cases' } as const;
const params = z.object({ importId: z.uuid() });
const encoding = z.enum(['utf-8', 'shift_jis']).optional();
const refusals = ['invalid_request', 'not_found', 'import_not_possible', 'cross_site'] as const;

type Step = (tx: Tx, actor: OperatorActor, input: { importId: string }) => Promise<void>;

const step = (name: string, summary: string, work: Step): Endpoint =>
  endpoint({
    method: 'POST',
    path: `/imports/:importId/${name}`,
    summary,
    tag,
    access: operators,
    params,
    status: 200,
    reply: Import,
    refusals,
    idempotent: true,
    change: async (tx, actor: OperatorActor, input, { locale }) => {
      await work(tx, actor, input);
      return getImport(tx, input.importId, locale);
    },
  });

/** Files of requests: uploaded, mapped, looked at, confirmed once, and what became of every line. */
export const importEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/imports',
    summary: 'List imports',
    tag,
    access: operators,
    query: z.object({ limit: apiValues.limit, cursor: z.uuid().optional() }),
    status: 200,
    reply: Imports,
    refusals: ['invalid_request'],
    read: (db, _: OperatorActor, input, { locale }) => listImports(db, input, locale),
  }),
  ...exportEndpoints({
    path: '/imports',
    name: 'imports',
    summary: 'The list of imports as a file',
    tag,
    access: operators,
    query: z.object({}),
    shape: importExport,
  }),
  endpoint({
    method: 'POST',
    path: '/imports',
    summary: 'Upload a file of requests',
    description:
      'CSV or XLSX, at most 64 MiB. Nothing is taken in before it is mapped, checked and confirmed.',
    tag,
    access: operators,
    query: z.object({ institutionId: z.string().max(32), name: prose(200), encoding }),
    status: 201,
    reply: Import,
    streams: { takes: 'application/octet-stream', gives: 'application/json' },
    refusals: ['invalid_request', 'file_refused', 'wrong_media_type', 'cross_site'],
    stream: async (work, actor: OperatorActor, input, { locale }) => {
      const started = await startImport(work, actor, input, locale);
      return Readable.from([JSON.stringify(Import.parse(started))]);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/imports/:importId',
    summary: 'Read an import and how far it is',
    tag,
    access: operators,
    params,
    status: 200,
    reply: Import,
    refusals: ['invalid_request', 'not_found'],
    read: (db, _: OperatorActor, { importId }, { locale }) => getImport(db, importId, locale),
  }),
  endpoint({
    method: 'GET',
    path: '/imports/:importId/preview',
    summary: 'Look at the first 200 rows, with what is wrong at each cell',
    tag,
    access: operators,
    params,
    status: 200,
    reply: ImportPreview,
    refusals: ['invalid_request', 'not_found', 'file_refused'],
    looks: { action: 'import.look', at: (_, { importId }) => [importId] },
    read: (db, _: OperatorActor, input, { locale }) => previewImport(db, input, locale),
  }),
  endpoint({
    method: 'PUT',
    path: '/imports/:importId/mapping',
    summary: 'Say which column is what, and have every line checked',
    tag,
    access: operators,
    params,
    body: z.object({ mapping: ImportMapping, encoding }),
    status: 200,
    reply: Import,
    refusals,
    change: async (tx, actor: OperatorActor, input, { locale }) => {
      await mapImport(tx, actor, input);
      return getImport(tx, input.importId, locale);
    },
  }),
  step('confirmation', 'Take the lines of a checked file in', confirmImport),
  step('cancellation', 'Stop an import; what is in stays in', cancelImport),
  step('resumption', 'Go on behind the last line that is in', resumeImport),
  endpoint({
    method: 'GET',
    path: '/imports/:importId/result.csv',
    summary: 'Download what became of every line',
    tag,
    access: operators,
    params,
    status: 200,
    streams: { gives: 'text/csv' },
    refusals: ['invalid_request', 'not_found'],
    stream: (work, _: OperatorActor, { importId }, { locale }) => resultFile(work, importId, locale),
  }),
];
