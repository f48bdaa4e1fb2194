import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#src/domain/refusals.ts';
import { addressBlockOf } from './network.ts';
import { type Counted, type Quota, RequestWindows } from './request-window.ts';

/** What a request shows of who it comes from, before it is known whether it is true; the hash stands for the secret. */
export type Credential = { kind: 'key' | 'session'; hash: string };

/** Calls a minute: of a key, of a session, of an address without either, and of an address with keys that are wrong. */
export type RateQuotas = Readonly<Record<'key' | 'session' | 'address' | 'wrongKeys', number>>;

export type RateLimits = {
  /** Counts a call before anything else is done for it, and refuses it when there were too many. */
  admit: (request: FastifyRequest, reply: FastifyReply, credential: Credential | undefined) => void;
  /** Counts it for the credential once that is known to be right; a wrong one stays counted for the address. */
  settle: (request: FastifyRequest, reply: FastifyReply, isRight: boolean) => void;
};

type Admitted = { credential: Credential; counted: Counted; isSuspect: boolean };

const seconds = 60;

/**
 * Limits how often keys, sessions and addresses may call this process. Each credential is counted by its own hash, whatever else
 * comes from its address. One that was not right within the last minute is counted for the address too, until it turns out to
 * be right; one that is wrong stays counted there and is forgotten.
 */
export function rateLimitsWith(quotas: RateQuotas): RateLimits {
  const windows = {
    key: new RequestWindows({ limit: quotas.key, seconds }),
    session: new RequestWindows({ limit: quotas.session, seconds }),
    address: new RequestWindows({ limit: quotas.address, seconds }),
    wrongKeys: new RequestWindows({ limit: quotas.wrongKeys, seconds }),
  };
  const suspicionOf = ({ kind }: Credential) => windows[kind === 'key' ? 'wrongKeys' : 'address'];
  const admitted = new WeakMap<FastifyRequest, Admitted>();
  const tell = (reply: FastifyReply, kind: Credential['kind'], counted: Counted): void => {
    if (kind === 'key') setHeaders(reply, windows.key.quota, counted);
  };
  return {
    admit: (request, reply, credential) => {
      if (!credential) return refuseBeyond(windows.address.take(addressBlockOf(request.ip)));
      const { kind, hash } = credential;
      const isSuspect = !windows[kind].knows(hash);
      if (isSuspect) refuseBeyond(suspicionOf(credential).take(addressBlockOf(request.ip)));
      const counted = windows[kind].take(hash);
      if (!counted.isAllowed) tell(reply, kind, counted);
      refuseBeyond(counted);
      admitted.set(request, { credential, counted, isSuspect });
    },
    settle: (request, reply, isRight) => {
      const call = admitted.get(request);
      if (!call) return;
      const { credential, counted, isSuspect } = call;
      const address = addressBlockOf(request.ip);
      if (isRight) {
        if (isSuspect) suspicionOf(credential).giveBack(address);
        tell(reply, credential.kind, counted);
        return;
      }
      windows[credential.kind].forget(credential.hash);
      if (!isSuspect) suspicionOf(credential).take(address);
    },
  };
}

/** draft-ietf-httpapi-ratelimit-headers-10: quota and window of the policy; what remains, and the seconds until it is whole again. */
function setHeaders(reply: FastifyReply, { limit, seconds: window }: Quota, counted: Counted): void {
  reply.header('ratelimit-policy', `"key";q=${limit};w=${window}`);
  reply.header('ratelimit', `"key";r=${counted.remaining};t=${counted.resetSeconds}`);
}

function refuseBeyond({ isAllowed, resetSeconds }: Counted): void {
  if (!isAllowed) throw new Refusal('too_many_requests', { seconds: resetSeconds });
}
