import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { exportEndpoints } from '#src/platform/http/export-endpoints.ts';
import { AuditFilter, AuditPage, AuditTrail } from './audit-schemas.ts';
import { auditExport } from './export-entries.ts';
import { getTrail } from './get-trail.ts';
import { listEntries } from './list-entries.ts';

const tag = 'Audit trail';
const readers = { kinds: ['operator', 'merchant'], right: 'read_audit_trail' } as const;

/** Reading the audit trail. That it is read stands in it too. */
export const auditEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/audit-entries',
    summary: 'List who did what',
    description:
      'Newest first. Operators read all; a merchant’s admin what the merchant’s own people and keys did.',
    tag,
    access: readers,
    query: AuditFilter.extend({ limit: apiValues.limit, cursor: apiValues.cursor.optional() }),
    status: 200,
    reply: AuditPage,
    refusals: ['invalid_request'],
    looks: { action: 'audit.look', at: () => [] },
    read: listEntries,
  }),
  ...exportEndpoints({
    path: '/audit-entries',
    name: 'audit-trail',
    summary: 'Who did what, as a file',
    tag,
    access: readers,
    query: AuditFilter,
    shape: auditExport,
  }),
  endpoint({
    method: 'GET',
    path: '/audit-trail',
    summary: 'Read the state of the trail: its end, the last anchor, the last verification',
    tag,
    access: { kinds: ['operator'], right: 'read_audit_trail' },
    status: 200,
    reply: AuditTrail,
    refusals: [],
    read: getTrail,
  }),
];
