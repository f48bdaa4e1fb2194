import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client.ts';

/** How reminders are sent, for operators. */
export const remindersQuery = queryOptions({
  queryKey: ['reminders', 'settings'],
  queryFn: () => unwrap(api.GET('/api/v1/reminders')),
});

/** Says which state of the settings a change is of. */
export const ifMatch = ({ version }: { version: string }) => ({ 'if-match': `"${version}"` });

/** Whether reminders are held. */
export const reminderHoldQuery = queryOptions({
  queryKey: ['reminders', 'hold'],
  queryFn: () => unwrap(api.GET('/api/v1/reminders/hold')),
  refetchInterval: 60_000,
});

/** The reminders of a case, for operators. */
export const caseRemindersQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['reminders', 'case', caseId],
    queryFn: () => unwrap(api.GET('/api/v1/cases/{caseId}/reminders', { params: { path: { caseId } } })),
  });
