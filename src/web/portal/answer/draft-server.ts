import { api, unwrap } from '../../api/client.ts';
import type { DraftServer } from './draft-keeper.ts';

/** The draft of a case at the API. */
export const draftServer = (caseId: string): DraftServer => ({
  save: (content, version, isLeaving) =>
    unwrap(
      api.PUT('/api/v1/cases/{caseId}/draft', {
        params: { path: { caseId }, header: { 'if-match': `"${version}"` } },
        body: { content: { ...content } },
        // Lets the browser finish the save after the page is gone.
        keepalive: isLeaving,
      }),
    ),
  load: async (version) => {
    const call = api.GET('/api/v1/cases/{caseId}/draft', {
      params: { path: { caseId } },
      headers: { 'if-none-match': `"${version}"` },
    });
    const { response } = await call;
    return response.status === 304 ? undefined : unwrap(call);
  },
});
