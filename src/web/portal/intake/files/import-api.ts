import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../../api/client.ts';

export type Import = Schemas['Import'];
export type ImportPreview = Schemas['ImportPreview'];
export type ImportMapping = NonNullable<Import['mapping']>;

const isAtWork = ({ state }: Import): boolean => ['checking', 'running', 'cancelling'].includes(state);

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: () => unwrap(api.GET('/api/v1/imports', { params: { query: { limit: 50 } } })),
  refetchInterval: ({ state: { data } }) => (data?.data.some(isAtWork) ? 2_000 : false),
});

/** One import; asked for again and again while somebody works on it. */
export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['imports', importId],
    queryFn: () => unwrap(api.GET('/api/v1/imports/{importId}', { params: { path: { importId } } })),
    refetchInterval: ({ state: { data } }) => (data && isAtWork(data) ? 1_000 : false),
  });

/** Its first rows, read by the mapping that it has now. */
export const previewQuery = (importId: string, mapping: Import['mapping']) =>
  queryOptions({
    queryKey: ['import-preview', importId, mapping],
    queryFn: () => unwrap(api.GET('/api/v1/imports/{importId}/preview', { params: { path: { importId } } })),
    retry: false,
  });

export const upload = (institutionId: string, file: File): Promise<Import> =>
  unwrap(
    api.POST('/api/v1/imports', {
      params: { query: { institutionId, name: file.name.slice(0, 200) } },
      headers: { 'content-type': 'application/octet-stream' },
      body: file as never,
      bodySerializer: (body: unknown) => body as Blob,
    }),
  );

export type Step = 'confirmation' | 'cancellation' | 'resumption';

/** A step of an import, after which it is shown as it is now. Pressing twice does it once. */
export function useImportStep(importId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (step: Step) => {
      const params = { path: { importId }, header: { 'idempotency-key': crypto.randomUUID() } };
      if (step === 'confirmation')
        return unwrap(api.POST('/api/v1/imports/{importId}/confirmation', { params }));
      if (step === 'cancellation')
        return unwrap(api.POST('/api/v1/imports/{importId}/cancellation', { params }));
      return unwrap(api.POST('/api/v1/imports/{importId}/resumption', { params }));
    },
    onSuccess: (now) => client.setQueryData(importQuery(importId).queryKey, now),
    onSettled: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
}

export function useMapping(importId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (mapping: ImportMapping) =>
      unwrap(
        api.PUT('/api/v1/imports/{importId}/mapping', { params: { path: { importId } }, body: { mapping } }),
      ),
    onSuccess: (now) => client.setQueryData(importQuery(importId).queryKey, now),
  });
}
