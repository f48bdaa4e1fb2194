import { api } from '../../api/client.ts';

/**
 * Has the delivery log told that somebody who is logged in came by the link of a mail. The page does not wait for it, and it is no
 * matter to who came when it fails.
 */
export function tellVisit(mail: unknown): void {
  void api
    .POST('/api/v1/mails/{mailId}/visits', { params: { path: { mailId: String(mail) } } })
    .catch(() => undefined);
}
