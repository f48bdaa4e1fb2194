import { z } from 'zod';
import type { OperatorActor } from '#src/platform/actor.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { addClosingPeriod } from './add-closing-period.ts';
import {
  Calendar,
  ChangedTerms,
  ClosingPeriodView,
  DueTerms,
  institutionId,
  NewClosingPeriod,
  year,
} from './calendar-schemas.ts';
import { changeDueTerms } from './change-due-terms.ts';
import { confirmYear } from './confirm-year.ts';
import { getCalendar } from './get-calendar.ts';
import { removeClosingPeriod } from './remove-closing-period.ts';

const tag = 'Calendar';
const admins = { kinds: ['operator'], right: 'manage_calendar' } as const;

/** Closing days and due rules: every operator reads them, an admin changes them. */
export const calendarEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/calendar',
    summary: 'Read closing days, confirmed years and due rules',
    tag,
    access: { kinds: ['operator'], right: 'read_cases' },
    status: 200,
    reply: Calendar,
    refusals: [],
    read: (db) => getCalendar(db),
  }),
  endpoint({
    method: 'POST',
    path: '/calendar/closing-periods',
    summary: 'Add closing days',
    description: 'Cases that exist keep their due instants.',
    tag,
    access: admins,
    body: NewClosingPeriod,
    status: 201,
    reply: ClosingPeriodView,
    refusals: ['invalid_request', 'closing_period_exists', 'cross_site', 'idempotency_key_reused'],
    idempotent: true,
    change: (tx, actor: OperatorActor, input) => addClosingPeriod(tx, actor, input),
  }),
  endpoint({
    method: 'DELETE',
    path: '/calendar/closing-periods/:closingPeriodId',
    summary: 'Remove closing days',
    description: 'Cases that exist keep their due instants.',
    tag,
    access: admins,
    params: z.object({ closingPeriodId: z.uuid() }),
    status: 204,
    refusals: ['invalid_request', 'not_found', 'cross_site'],
    change: removeClosingPeriod,
  }),
  endpoint({
    method: 'POST',
    path: '/calendar/confirmed-years',
    summary: 'Confirm that the closing days of a year are complete',
    tag,
    access: admins,
    body: z.strictObject({ year }),
    status: 204,
    refusals: ['invalid_request', 'cross_site'],
    change: (tx, actor: OperatorActor, input) => confirmYear(tx, actor, input),
  }),
  endpoint({
    method: 'PUT',
    path: '/institutions/:institutionId/due-terms',
    summary: 'Change how an institution’s requests fall due and expire',
    description: 'Holds for requests that are taken in from now on.',
    tag,
    access: admins,
    params: z.object({ institutionId }),
    body: DueTerms,
    status: 200,
    reply: ChangedTerms,
    version: ({ version }) => version,
    refusals: ['invalid_request', 'not_found', 'version_required', 'changed_meanwhile', 'cross_site'],
    change: changeDueTerms,
  }),
];
