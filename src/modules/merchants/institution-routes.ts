import type { Actor } from '#src/platform/actor.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import { exportEndpoints } from '#src/platform/http/export-endpoints.ts';
import { addInstitution } from './add-institution.ts';
import { changeInstitution } from './change-institution.ts';
import { institutionExport } from './export-parties.ts';
import { getInstitution } from './get-institution.ts';
import {
  Institution,
  InstitutionChange,
  InstitutionFilter,
  InstitutionParams,
  Institutions,
  NewInstitution,
} from './institution-schemas.ts';
import { listInstitutions } from './list-institutions.ts';
import { versionIn } from './version-in.ts';

const tag = 'Institutions';
const operators = { kinds: ['operator'], right: 'read_cases' } as const;
const admins = { kinds: ['operator'], right: 'manage_parties' } as const;

/** 決済機関: every operator reads them, an admin makes and changes them. */
export const institutionEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/institutions',
    summary: 'List institutions',
    ...{ tag, access: operators },
    query: InstitutionFilter.extend({ limit: apiValues.limit, cursor: apiValues.cursor.optional() }),
    status: 200,
    reply: Institutions,
    refusals: ['invalid_request'],
    read: listInstitutions,
  }),
  endpoint({
    method: 'POST',
    path: '/institutions',
    summary: 'Add an institution',
    ...{ tag, access: admins },
    body: NewInstitution,
    status: 201,
    reply: Institution,
    version: ({ version }) => version,
    refusals: ['invalid_request', 'institution_exists', 'cross_site', 'idempotency_key_reused'],
    idempotent: true,
    change: addInstitution,
  }),
  endpoint({
    method: 'GET',
    path: '/institutions/:institutionId',
    summary: 'Read an institution, with what is set up for it',
    ...{ tag, access: operators },
    params: InstitutionParams,
    status: 200,
    reply: Institution,
    version: ({ version }) => version,
    refusals: ['invalid_request', 'not_found'],
    read: getInstitution,
  }),
  endpoint({
    method: 'PUT',
    path: '/institutions/:institutionId',
    summary: 'Rename, retire or take up an institution again',
    description: 'Nothing more is taken in from one that is retired; what is there goes on.',
    ...{ tag, access: admins },
    params: InstitutionParams,
    body: InstitutionChange,
    status: 200,
    reply: Institution,
    version: ({ version }) => version,
    refusals: ['invalid_request', 'not_found', 'version_required', 'changed_meanwhile', 'cross_site'],
    change: (tx, actor: Actor, input, { ifMatch }) =>
      changeInstitution(tx, actor, { ...input, version: versionIn(ifMatch) }),
  }),
  ...exportEndpoints({
    path: '/institutions',
    name: 'institutions',
    summary: 'The list of institutions as a file',
    ...{ tag, access: operators },
    query: InstitutionFilter,
    shape: institutionExport,
  }),
];
