import { Refusal } from '#src/domain/refusals.ts';

/** Whether the installation's rules let this address be called, as far as it tells by itself. */
export type MayCall = (url: string) => boolean;

/** Refuses an address that no webhook could ever be sent to, so that this is told at once and not by failing deliveries. */
export function requireCallable(mayCall: MayCall, url: string): void {
  if (mayCall(url)) return;
  throw new Refusal('url_not_callable');
}
