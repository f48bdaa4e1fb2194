import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../api/client.ts';

export type Template = Schemas['SupplementTemplate'];
export type Institution = Schemas['Institutions']['data'][number];

export const institutionsQuery = queryOptions({
  queryKey: ['institutions'],
  queryFn: () => unwrap(api.GET('/api/v1/institutions', { params: { query: { limit: 200 } } })),
});

const templatesKey = 'supplement-templates';

/** An institution's templates of 加盟店様への依頼補足事項. */
export const templatesQuery = (institutionId: string) =>
  queryOptions({
    queryKey: [templatesKey, institutionId],
    enabled: institutionId !== '',
    queryFn: () => unwrap(api.GET('/api/v1/supplement-templates', { params: { query: { institutionId } } })),
  });

/** A change of templates, after which they are read anew. */
export function useTemplateChange<Output>(change: () => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: [templatesKey] }),
  });
}

export const ifMatch = ({ version }: { version: number }) => ({ 'if-match': `"${version}"` });
