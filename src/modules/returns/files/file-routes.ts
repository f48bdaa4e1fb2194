import { z } from 'zod';
import type { Actor, OperatorActor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { exportEndpoints } from '#src/platform/http/export-endpoints.ts';
import { changeChannel } from './change-channel.ts';
import {
  ReturnChannel,
  ReturnChannels,
  ReturnFile,
  ReturnFilePage,
  ReturnSettings,
  SetAsideAnswers,
} from './channel-schemas.ts';
import { downloadFile } from './download-file.ts';
import { fileExport } from './export-files.ts';
import { listChannels } from './list-channels.ts';
import { listFiles, listSetAside } from './list-files.ts';
import { makeNow, takeUpAgain, writeAgain } from './make-now.ts';
import type { Place } from './place.ts';

const tag = 'Return of answers';
const access = { kinds: ['operator'], right: 'manage_returns' } as const;
const institutionId = z
  .string()
  .regex(/^[A-Z0-9-]{2,32}$/)
  .meta({ example: 'JCB-DEMO' });
const channelParams = z.object({ institutionId });
const fileParams = z.object({ fileId: z.uuid() });
const refusals = ['invalid_request', 'not_found', 'cross_site'] as const;

/** How answers go back as files, per institution; for operators' admins. */
export const returnFileEndpoints = (place: Place['kind']): readonly Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/return-channels',
    summary: 'List how each institution gets its answers as files',
    tag,
    access,
    status: 200,
    reply: ReturnChannels,
    refusals: [],
    read: async (db) => ({ place, data: await listChannels(db) }),
  }),
  endpoint({
    method: 'PUT',
    path: '/return-channels/:institutionId',
    summary: 'Set how an institution gets its answers as files',
    description: 'Begins with the answers registered from the first settings on.',
    tag,
    access,
    stepUp: true,
    params: channelParams,
    body: ReturnSettings,
    status: 200,
    reply: ReturnChannel,
    version: ({ version }) => version,
    refusals: [...refusals, 'version_required', 'changed_meanwhile'],
    change: (tx, actor: OperatorActor, input, asked) => changeChannel(tx, actor, input, asked),
  }),
  endpoint({
    method: 'POST',
    path: '/return-channels/:institutionId/files',
    summary: 'Make files of what an institution has not got yet, now',
    tag,
    access,
    stepUp: true,
    params: channelParams,
    status: 200,
    reply: ReturnChannel,
    refusals: [...refusals, 'return_not_set'],
    stages: (acting, actor: Actor, input) => makeNow(acting, actor, input),
  }),
  endpoint({
    method: 'POST',
    path: '/return-channels/:institutionId/set-aside/retry',
    summary: 'Take up again what the encoding could not say',
    tag,
    access,
    stepUp: true,
    params: channelParams,
    status: 200,
    reply: ReturnChannel,
    refusals,
    change: takeUpAgain,
  }),
  ...filesOf,
];

const filter = z.object({ institutionId: institutionId.optional() });

const filesOf: readonly Endpoint[] = [
  ...exportEndpoints({
    path: '/return-files',
    name: 'return-files',
    summary: 'The list of files of answers as a file',
    tag,
    access,
    query: filter,
    shape: fileExport,
  }),
  endpoint({
    method: 'GET',
    path: '/return-files',
    summary: 'List the files of answers, newest first',
    tag,
    access,
    query: filter.extend({ limit: apiValues.limit, cursor: apiValues.cursor.optional() }),
    status: 200,
    reply: ReturnFilePage,
    refusals: ['invalid_request'],
    read: listFiles,
  }),
  endpoint({
    method: 'GET',
    path: '/return-files/set-aside',
    summary: 'List the answers that their institution\u2019s encoding cannot say',
    tag,
    access,
    query: filter,
    status: 200,
    reply: SetAsideAnswers,
    refusals: ['invalid_request'],
    read: listSetAside,
  }),
  endpoint({
    method: 'GET',
    path: '/return-files/:fileId/content',
    summary: 'Download a file of answers as it was written',
    tag,
    access,
    stepUp: true,
    params: fileParams,
    status: 200,
    streams: { gives: 'application/octet-stream' },
    refusals: ['invalid_request', 'not_found', 'case_erased'],
    stream: downloadFile,
  }),
  endpoint({
    method: 'POST',
    path: '/return-files/:fileId/rewrite',
    summary: 'Write a file of answers again',
    description: 'The same bytes under the same name.',
    tag,
    access,
    stepUp: true,
    params: fileParams,
    status: 200,
    reply: ReturnFile,
    refusals,
    change: writeAgain,
  }),
];
