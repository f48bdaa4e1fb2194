import { Refusal } from '#src/domain/refusals.ts';
import { sessionHashIn } from '#src/modules/people/index.ts';
import type { Actor } from '#src/platform/actor.ts';
import { type Endpoint, endpoint } from '#src/platform/http/endpoint.ts';
import type { Live } from './live.ts';

/** The stream that keeps the pages of somebody who is logged in up to date. */
export const liveEndpoints = ({ live }: { live: Live }): readonly Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/live',
    summary: 'Hear what changes (server-sent events)',
    description:
      'For browsers; systems read `/events`. `hello` comes first, `changed` names what changed, after `resync` everything shown has to be read again. An open stream does not keep a session alive, and ends with it.',
    tag: 'Live',
    access: { kinds: ['merchant', 'operator'], right: 'read_cases' },
    byItself: true,
    status: 200,
    streams: { gives: 'text/event-stream' },
    refusals: ['not_permitted', 'too_many_requests'],
    stream: (_, actor: Actor, _input, { cookies, setHeader }) => {
      const session = sessionHashIn(cookies);
      // A key has no session whose end could end the stream.
      if (session === undefined) throw new Refusal('not_permitted');
      setHeader('x-accel-buffering', 'no');
      setHeader('cache-control', 'no-store, no-transform');
      return live.open(session, actor);
    },
  }),
];
