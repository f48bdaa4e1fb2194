import { hasCardNumber } from '#src/domain/card-numbers.ts';
import { objectIn, type Sent } from '#src/domain/provider-message.ts';
import { readRetryAfter } from '#src/domain/webhook-schedule.ts';
import type { Outbound, OutboundCall, OutboundReply } from '#src/platform/outbound/outbound.ts';
import { OutboundError } from '#src/platform/outbound/outbound-error.ts';

/** One call to a provider, as its log keeps it. */
export type ReplyCall = {
  at: Date;
  call: string;
  status: number | null;
  reason: string | null;
  milliseconds: number;
  said: string | null;
};

/** What came back of a call. */
export type Heard = {
  status: number;
  json: Sent;
  header: (name: string) => string | undefined;
  /** Seconds after which the provider wants to be asked again. */
  askedSeconds: number | undefined;
};

type Asking = OutboundCall & {
  /** What the log calls it; without ids of people. */
  name: string;
  /** What of an answer that is an error is kept for operators. */
  said: (json: Sent) => string | null;
};

/** A way to a provider that notes each call. `undefined` is heard where nothing came back. */
export type Line = { calls: ReplyCall[]; ask: (asking: Asking) => Promise<Heard | undefined> };

const longestSaid = 1_000;

export function openLine(outbound: Outbound): Line {
  const calls: ReplyCall[] = [];
  return {
    calls,
    ask: async ({ name, said, ...call }) => {
      const at = new Date();
      const started = performance.now();
      const noted = { at, call: name };
      try {
        const reply = await outbound(call);
        const heard = heardIn(reply, at);
        const text = said(heard.json) ?? (heard.status < 300 ? null : reply.body.toString());
        const { status, milliseconds } = reply;
        calls.push({ ...noted, status, reason: null, milliseconds, said: text && readable(text) });
        return heard;
      } catch (error) {
        if (!(error instanceof OutboundError)) throw error;
        const milliseconds = Math.round(performance.now() - started);
        calls.push({ ...noted, status: null, reason: error.reason, milliseconds, said: null });
        return undefined;
      }
    },
  };
}

function heardIn({ status, headers, body }: OutboundReply, at: Date): Heard {
  const header = (name: string): string | undefined => [headers[name]].flat()[0];
  return { status, json: jsonIn(body), header, askedSeconds: readRetryAfter(header('retry-after'), at) };
}

function jsonIn(body: Buffer): Sent {
  try {
    return objectIn(JSON.parse(body.toString()));
  } catch {
    return {};
  }
}

/** What a database and a screen can show of it; a provider can say anything, and repeat what it should not. */
function readable(text: string): string {
  const shown = text
    .slice(0, longestSaid)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (each) => (/[\t\n\r]/.test(each) ? each : '\ufffd'));
  return hasCardNumber(shown) ? '●●●●' : shown;
}
