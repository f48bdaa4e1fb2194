import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Schemas, unwrap } from '../../../api/client.ts';

export type WebhookEndpoint = Schemas['WebhookEndpoint'];
export type WebhookDelivery = Schemas['WebhookDelivery'];
export type DeliveryState = WebhookDelivery['state'];
export type EndpointSettings = Schemas['WebhookEndpointSettingsInput'];

/** While something is under way the page looks again by itself. */
const lookAgainMs = 3000;

export const endpointsQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: () => unwrap(api.GET('/api/v1/webhook-endpoints', { params: { query: { limit: 200 } } })),
  refetchInterval: ({ state }) => (state.data?.data.some(({ waiting }) => waiting > 0) ? lookAgainMs : false),
});

export const deliveriesQuery = (endpointId: string, state: DeliveryState | undefined) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', endpointId, 'deliveries', state ?? ''],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/api/v1/webhook-endpoints/{endpointId}/deliveries', {
          params: {
            path: { endpointId },
            query: { limit: 20, ...(state && { state }), ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    refetchInterval: lookAgainMs,
  });

export const deliveryQuery = (deliveryId: string) =>
  queryOptions({
    queryKey: ['webhooks', 'delivery', deliveryId],
    queryFn: () =>
      unwrap(api.GET('/api/v1/webhook-deliveries/{deliveryId}', { params: { path: { deliveryId } } })),
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? lookAgainMs : false),
  });

/** Does something to webhooks, and has all that is shown of them read anew. */
export function useWebhookChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: ['webhooks'] }),
  });
}

const of = (endpointId: string) => ({ params: { path: { endpointId } } });

export const webhookCalls = {
  add: (body: Schemas['NewWebhookEndpointInput']) => unwrap(api.POST('/api/v1/webhook-endpoints', { body })),
  change: (endpointId: string, body: EndpointSettings) =>
    unwrap(api.PUT('/api/v1/webhook-endpoints/{endpointId}', { ...of(endpointId), body })),
  remove: (endpointId: string) =>
    unwrap(api.DELETE('/api/v1/webhook-endpoints/{endpointId}', of(endpointId))),
  rotate: (endpointId: string, overlapHours: number) =>
    unwrap(
      api.POST('/api/v1/webhook-endpoints/{endpointId}/secret-rotation', {
        ...of(endpointId),
        body: { overlapHours },
      }),
    ),
  switchOn: (endpointId: string) =>
    unwrap(api.POST('/api/v1/webhook-endpoints/{endpointId}/activation', of(endpointId))),
  switchOff: (endpointId: string) =>
    unwrap(api.POST('/api/v1/webhook-endpoints/{endpointId}/deactivation', of(endpointId))),
  test: (endpointId: string) =>
    unwrap(api.POST('/api/v1/webhook-endpoints/{endpointId}/test-events', of(endpointId))),
  replayAll: (endpointId: string) =>
    unwrap(api.POST('/api/v1/webhook-endpoints/{endpointId}/replay', of(endpointId))),
  replay: (deliveryId: string) =>
    unwrap(api.POST('/api/v1/webhook-deliveries/{deliveryId}/replay', { params: { path: { deliveryId } } })),
};
