import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from './client.ts';

export type Institution = Schemas['Institution'];
export type InstitutionRow = Schemas['InstitutionRow'];
export type Merchant = Schemas['Merchant'];
export type MerchantRow = Schemas['MerchantRow'];
export type PartySearch = Readonly<Record<string, string | undefined>>;

/** A page of institutions (決済機関). The address's search is what the API reads. */
export const institutionPageQuery = (search: PartySearch) =>
  queryOptions({
    queryKey: ['parties', 'institutions', search],
    queryFn: () => unwrap(api.GET('/api/v1/institutions', { params: { query: search as object } })),
    placeholderData: keepPreviousData,
  });

export const institutionQuery = (institutionId: string) =>
  queryOptions({
    queryKey: ['parties', 'institution', institutionId],
    queryFn: () =>
      unwrap(api.GET('/api/v1/institutions/{institutionId}', { params: { path: { institutionId } } })),
  });

/** A page of merchants (加盟店). */
export const merchantPageQuery = (search: PartySearch) =>
  queryOptions({
    queryKey: ['parties', 'merchants', search],
    queryFn: () => unwrap(api.GET('/api/v1/merchants', { params: { query: search as object } })),
    placeholderData: keepPreviousData,
  });

export const merchantQuery = (mid: string) =>
  queryOptions({
    queryKey: ['parties', 'merchant', mid],
    queryFn: () => unwrap(api.GET('/api/v1/merchants/{mid}', { params: { path: { mid } } })),
  });

/** A change of institutions or merchants, after which everything that names them is read anew. */
export function usePartyChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      Promise.all(
        ['parties', 'institutions', 'session'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      ),
  });
}

const since = (version: number) => ({ 'if-match': `"${version}"` });

export const partyCalls = {
  addInstitution: (body: Schemas['NewInstitutionInput']) =>
    unwrap(api.POST('/api/v1/institutions', { body })),
  changeInstitution: (institutionId: string, version: number, body: Schemas['InstitutionChangeInput']) =>
    unwrap(
      api.PUT('/api/v1/institutions/{institutionId}', {
        params: { path: { institutionId }, header: since(version) },
        body,
      }),
    ),
  addMerchant: (body: Schemas['NewMerchantInput']) => unwrap(api.POST('/api/v1/merchants', { body })),
  changeMerchant: (mid: string, version: number, body: Schemas['MerchantChangeInput']) =>
    unwrap(api.PUT('/api/v1/merchants/{mid}', { params: { path: { mid }, header: since(version) }, body })),
};
