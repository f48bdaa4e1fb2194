import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { AuditAction, AuditEntry } from '#src/domain/audit-actions.ts';
import type { RefusalCode } from '#src/domain/refusals.ts';
import type { Right } from '#src/domain/rights.ts';
import type { Locale } from '#src/domain/text.ts';
import type { Actor } from '../actor.ts';
import type { Acting, Reader, Tx } from '../transaction.ts';

export type ActorOf<Kind extends Actor['kind']> = Extract<Actor, { kind: Kind }>;

/** Who may call: everybody, everybody who is signed in, or these kinds of actors with this right. */
export type Access = 'public' | 'anyone' | { kinds: readonly Actor['kind'][]; right: Right };

/** What a handler may know of the call besides its input. */
export type Asked = {
  locale: Locale;
  /** The version named by If-Match or If-None-Match, without its quotes. */
  ifMatch: string | undefined;
  ifNoneMatch: string | undefined;
  cookies: Readonly<Record<string, string | undefined>>;
  /** The network address of the caller; personal data, so that only a hash of it may be stored. */
  address: string;
  /** The body to the byte, as it was sent; empty where it was streamed. What is signed is signed over this. */
  bytes: () => Buffer;
  /** A header that no other endpoint asks for. */
  header: (name: string) => string | undefined;
  setHeader: (name: string, value: string) => void;
  /** For a reply that is neither the endpoint's usual success nor a refusal. */
  setStatus: (status: 200 | 201 | 202) => void;
};

/** What a streaming endpoint works with: it opens its own transactions, one after another. */
export type StreamWork = Acting & {
  /** The request's body as it arrives; empty for a GET. */
  body: AsyncIterable<Uint8Array>;
  onError: (error: unknown) => void;
};

type Shape = z.ZodObject | undefined;
type Input<Params extends Shape, Query extends Shape, Body extends Shape> = (Params extends z.ZodObject
  ? z.output<Params>
  : unknown) &
  (Query extends z.ZodObject ? z.output<Query> : unknown) &
  (Body extends z.ZodObject ? z.output<Body> : unknown);

type Reply<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

type Common<Params extends Shape, Query extends Shape, Body extends Shape, Schema> = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`. */
  path: string;
  summary: string;
  description?: string;
  tag: string;
  access: Access;
  /** Whether a person has to have proved who they are a short while ago (step-up). Keys have nothing to prove. */
  stepUp?: true;
  /** Asked by a page of itself, so that it is no use of the session and keeps nobody logged in. */
  byItself?: true;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Card numbers in the body are found and told by the handler, or nothing of it is kept; everywhere else the edge looks. */
  tellsCardNumbers?: true;
  /** Documents a body that the handler reads itself, because a wrong one is told in its own way. */
  documentedBody?: z.ZodType;
  status: 200 | 201 | 204;
  reply?: Schema;
  /** Documents which of the replies that `reply` allows comes with which status. */
  replies?: Readonly<Partial<Record<200 | 202, z.ZodType>>>;
  /** The version of what is replied, for the ETag header. */
  version?: (reply: NonNullable<Reply<Schema>>) => string | number;
  /** Every refusal it can give; the document and the clients are made from this list. */
  refusals: readonly RefusalCode[];
  /** Accepts Idempotency-Key: the same key and request give the same reply and do nothing twice. */
  idempotent?: true;
  /** What of a reply is kept for a retry, where not all of it may be stored: secrets are shown once. */
  keeps?: (reply: NonNullable<Reply<Schema>>) => NonNullable<Reply<Schema>>;
  /** A read that shows personal data: what the audit trail calls it, and the ids of what was looked at. */
  looks?: {
    action: AuditAction;
    at: (reply: NonNullable<Reply<Schema>>, input: Input<Params, Query, Body>) => readonly string[];
    /** Codes that say more of what was shown. */
    details?: (reply: NonNullable<Reply<Schema>>) => AuditEntry['details'];
  };
  /** Content types of an endpoint that streams: what it takes and what it gives. */
  streams?: {
    takes?: 'application/x-ndjson' | 'application/octet-stream';
    gives:
      | 'application/x-ndjson'
      | 'application/json'
      | 'text/csv'
      | 'application/pdf'
      | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      | 'application/octet-stream'
      | 'text/event-stream';
  };
};

type Handler<Store> = (
  store: Store,
  actor: Actor | undefined,
  input: object,
  asked: Asked,
) => Promise<unknown>;

/** An endpoint with its types forgotten, as the server handles all of them alike. */
export type Endpoint = Omit<
  Common<z.ZodObject, z.ZodObject, z.ZodObject, z.ZodType>,
  'version' | 'looks' | 'keeps'
> & {
  version?: (reply: unknown) => string | number;
  keeps?: (reply: unknown) => unknown;
  looks?: {
    action: AuditAction;
    at: (reply: unknown, input: object) => readonly string[];
    details?: (reply: unknown) => AuditEntry['details'];
  };
  tell?: (actor: Actor | undefined, input: object, asked: Asked) => unknown;
  read?: Handler<Reader>;
  stages?: Handler<Acting>;
  change?: Handler<Tx>;
  stream?: (
    work: StreamWork,
    actor: Actor | undefined,
    input: object,
    asked: Asked,
  ) => Readable | Promise<Readable>;
};

/** One operation of the API as data: what it takes, who may call it, what it gives, and the query or command that does it. */
export function endpoint<
  Schema extends z.ZodType | undefined = undefined,
  Params extends Shape = undefined,
  Query extends Shape = undefined,
  Body extends Shape = undefined,
  Who = Actor,
>(
  definition: Common<Params, Query, Body, Schema> & {
    /** Tells what is known without the database. */
    tell?: (actor: Who, input: Input<Params, Query, Body>, asked: Asked) => Reply<Schema>;
    /** Reads, in one statement. */
    read?: (
      db: Reader,
      actor: Who,
      input: Input<Params, Query, Body>,
      asked: Asked,
    ) => Promise<Reply<Schema>>;
    /** Changes something, in a transaction, and records it in the audit trail. */
    change?: (tx: Tx, actor: Who, input: Input<Params, Query, Body>, asked: Asked) => Promise<Reply<Schema>>;
    /** Works in transactions of its own, because what one of them wrote has to stay though the call is refused. */
    stages?: (
      acting: Acting,
      actor: Who,
      input: Input<Params, Query, Body>,
      asked: Asked,
    ) => Promise<Reply<Schema>>;
    /**
     * Reads or changes many things, piece by piece, in bounded memory. What has to be recorded before anything is given is
     * recorded before the stream is returned.
     */
    stream?: (
      work: StreamWork,
      actor: Who,
      input: Input<Params, Query, Body>,
      asked: Asked,
    ) => Readable | Promise<Readable>;
  },
): Endpoint {
  // The server checks access and input by this very definition before it calls, so the forgotten types hold.
  return definition as unknown as Endpoint;
}
