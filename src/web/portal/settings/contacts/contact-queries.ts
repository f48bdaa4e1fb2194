import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../../api/client.ts';

export type Contact = Schemas['Contact'];
export type Contacts = Schemas['Contacts'];

const key = 'contacts';

/** A merchant's contacts, and its services. */
export const contactsQuery = (mid: string) =>
  queryOptions({
    queryKey: [key, mid],
    queryFn: () => unwrap(api.GET('/api/v1/merchants/{mid}/contacts', { params: { path: { mid } } })),
  });

/** A change of contacts, after which their list is read anew. */
export function useContactChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: [key] }),
  });
}
