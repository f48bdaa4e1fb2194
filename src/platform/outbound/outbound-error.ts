/**
 * Why a call to the outside was not made or not finished. `forbidden_…` is decided before a byte is sent; the others tell of
 * the far side. Codes only: what the far side said is not passed on.
 */
export type OutboundReason =
  | 'forbidden_url'
  | 'forbidden_scheme'
  | 'forbidden_port'
  | 'forbidden_address'
  | 'unknown_host'
  | 'timed_out'
  | 'bad_certificate'
  | 'not_connected'
  | 'too_large'
  | 'broken_off';

/** A call to the outside gave no reply that may be used. */
export class OutboundError extends Error {
  readonly reason: OutboundReason;

  constructor(reason: OutboundReason, options?: ErrorOptions) {
    super(`outbound: ${reason}`, options);
    this.name = 'OutboundError';
    this.reason = reason;
  }
}
