import { z } from 'zod';
import type { OperatorActor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { exportEndpoints } from '#src/platform/http/export-endpoints.ts';
import { changeLadder, changeTimes } from './change-settings.ts';
import { endHold } from './end-hold.ts';
import { reminderExport } from './export-reminders.ts';
import { getReminderHold, getReminderSettings } from './get-settings.ts';
import { listCaseReminders } from './list-case-reminders.ts';
import {
  CaseReminders,
  HoldEnd,
  LadderChange,
  ReminderHold,
  ReminderSettings,
  SendingTimesChange,
} from './reminder-schemas.ts';

const tag = 'Reminders';
const operatorsRead = { kinds: ['operator'], right: 'read_cases' } as const;
const adminsChange = { kinds: ['operator'], right: 'manage_reminders' } as const;

/** How reminders are sent, and which were. */
export const reminderEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/reminders',
    summary: 'Read the ladders of reminders, when they may be sent, and whether they are held',
    tag,
    access: operatorsRead,
    status: 200,
    reply: ReminderSettings,
    version: ({ version }) => version,
    refusals: [],
    read: (db) => getReminderSettings(db),
  }),
  endpoint({
    method: 'GET',
    path: '/reminders/hold',
    summary: 'Read whether reminders are held since the clock jumped',
    tag,
    access: operatorsRead,
    status: 200,
    reply: ReminderHold,
    refusals: [],
    read: (db) => getReminderHold(db),
  }),
  endpoint({
    method: 'PUT',
    path: '/reminders/ladder',
    summary: 'Put a ladder in place for all requests, a category, or an institution’s requests of a category',
    description: 'Without steps it is taken away. Open cases follow with the steps that are still ahead.',
    tag,
    access: adminsChange,
    body: LadderChange,
    status: 200,
    reply: ReminderSettings,
    refusals: ['invalid_request', 'not_found', 'version_required', 'changed_meanwhile', 'cross_site'],
    version: ({ version }) => version,
    change: async (tx, actor: OperatorActor, input, asked) => {
      await changeLadder(tx, actor, input, asked);
      return getReminderSettings(tx);
    },
  }),
  endpoint({
    method: 'PUT',
    path: '/reminders/times',
    summary: 'Set when reminders may be sent',
    tag,
    access: adminsChange,
    body: SendingTimesChange,
    status: 200,
    reply: ReminderSettings,
    refusals: ['invalid_request', 'version_required', 'changed_meanwhile', 'cross_site'],
    version: ({ version }) => version,
    change: async (tx, actor: OperatorActor, input, asked) => {
      await changeTimes(tx, actor, input, asked);
      return getReminderSettings(tx);
    },
  }),
  endpoint({
    method: 'POST',
    path: '/reminders/hold/end',
    summary: 'Release held reminders, or skip those that waited',
    description: 'Released, one reminder is sent for each case, the latest of those it missed.',
    tag,
    access: adminsChange,
    body: HoldEnd,
    status: 200,
    reply: ReminderSettings,
    refusals: ['invalid_request', 'reminders_not_held', 'cross_site'],
    change: async (tx, actor: OperatorActor, input) => {
      await endHold(tx, actor, input);
      return getReminderSettings(tx);
    },
  }),
  ...exportEndpoints({
    path: '/cases/:caseId/reminders',
    name: 'reminders',
    summary: 'The reminders of a case as a file',
    tag,
    access: operatorsRead,
    params: z.object({ caseId: apiValues.caseId }),
    query: z.object({}),
    refusals: ['invalid_request', 'case_not_found'],
    shape: reminderExport,
  }),
  endpoint({
    method: 'GET',
    path: '/cases/:caseId/reminders',
    summary: 'List the reminders of a case',
    tag,
    access: operatorsRead,
    params: z.object({ caseId: apiValues.caseId }),
    status: 200,
    reply: CaseReminders,
    refusals: ['invalid_request', 'case_not_found'],
    read: listCaseReminders,
  }),
];
