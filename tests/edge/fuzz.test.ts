import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { startWorld } from '#tests/support/world.ts';
import { type Called, call, type Reply } from '#tests/walls/call.ts';
import { type Caller, withOwnSession } from '#tests/walls/callers.ts';
import { makeScene, type Scene } from '#tests/walls/matrix.ts';
import { type JsonSchema, valuesOf } from './by-schema.ts';
import { hostileText } from './hostile.ts';

// A database of its own: what comes of this must not be in anybody's way.
const world = startWorld({ database: anOwnDatabase });

type Parameter = { name: string; in: 'path' | 'query' | 'header'; schema: JsonSchema };
type Content = Record<string, { schema: JsonSchema }>;
type Operation = {
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema> };
};
type Target = { method: string; path: string; operation: Operation };

const callsInAll = Number(process.env.FUZZ_CALLS ?? 2_500);

/** Signs that something of the inside came out. */
const inside =
  /node_modules|\bat .+\.[jt]s:\d|\/src\/|\bselect\b.+\bfrom\b|\binsert into\b|syntax error at|relation "|pg_|ECONN/i;

it(`answers ${callsInAll} odd calls in documented ways, and tells nothing of its inside`, async () => {
  const scene = await makeScene(world);
  const document = (await world.app.inject({ url: '/api/v1/openapi.json' })).json<Document>();
  const targets = targetsOf(document);
  const statuses = new Map<number, number>();
  let calls = 0;
  for (const target of targets) {
    await fc.assert(
      fc.asyncProperty(callsOf(target, document, scene), async (called) => {
        calls += 1;
        const caller = scene.callers[calls % scene.callers.length];
        const reply = await call(world, await lastingCaller(target, caller), called);
        statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
        expect(wrongOf(target, reply)).toEqual([]);
      }),
      { numRuns: Math.ceil(callsInAll / targets.length) },
    );
  }
  expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(callsInAll);
  // Calls that are all refused at the door would prove nothing of what lies behind it.
  expect([...statuses.keys()].filter((status) => status < 300).length).toBeGreaterThan(1);
  expect(Object.keys(Object.prototype)).toEqual([]);
}, 600_000);

const targetsOf = ({ paths }: Document): Target[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );

function callsOf(
  { method, path, operation }: Target,
  document: Document,
  scene: Scene,
): fc.Arbitrary<Called> {
  const { parameters = [], requestBody } = operation;
  const { schemas } = document.components;
  const ids = Object.values(scene.subjects).flatMap(({ subjects }) => subjects.map(({ id }) => id));
  const inPath = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ids) }, hostileText);
  const query = fc.record(
    Object.fromEntries(
      parameters
        .filter((each) => each.in === 'query')
        .map(({ name, schema }) => [name, fc.oneof(hostileText, valuesOf(schema, schemas))]),
    ),
    { requiredKeys: [] },
  );
  const [[type, content] = []] = Object.entries(requestBody?.content ?? {});
  const body = content ? valuesOf(content.schema, schemas) : fc.constant(undefined);
  const version = fc.constantFrom(undefined, '"0"', '"1"', '*', 'W/"1"', '"99999999999"', 'x');
  const key = fc.constantFrom(undefined, undefined, 'k1', 'k2', 'x'.repeat(300));
  return fc.tuple(inPath, query, body, version, key).map(([id, asked, sent, ifMatch, idempotencyKey]) => ({
    method,
    path: path.replace(/\{\w+\}/, encoded(id)) + search(asked),
    ...(type === 'application/x-ndjson' ? { raw: `${JSON.stringify(sent)}\n` } : { body: sent }),
    headers: {
      ...(type && { 'content-type': type }),
      ...(ifMatch && { 'if-match': ifMatch, 'if-none-match': ifMatch }),
      ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
    },
  }));
}

/** Some of what is odd cannot even stand in an address; it goes as question marks. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed()).slice(0, 3000) || '%20';

function search(asked: object): string {
  const pairs = Object.entries(asked).flatMap(([name, value]) =>
    [value]
      .flat()
      .map((each) => `${name}=${encoded(typeof each === 'string' ? each : (JSON.stringify(each) ?? ''))}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`.slice(0, 7000).replace(/%.?$/, '');
}

/** Nobody is signed out by a call, so that later calls are made by somebody. */
const lastingCaller = async ({ method, path }: Target, caller: Caller | undefined) =>
  caller && (method !== 'GET' || path.endsWith('/session')) ? withOwnSession(world, caller) : caller;

function wrongOf({ method, path, operation }: Target, reply: Reply): string[] {
  const { status, text, headers } = reply;
  const wrong: string[] = [];
  if (status >= 500) wrong.push(`${status}`);
  if (!(String(status) in operation.responses) && status !== 304) wrong.push(`${status} is not documented`);
  if (status >= 400 && !headers['content-type']?.startsWith('application/problem+json'))
    wrong.push(`${status} is no problem+json`);
  if (status >= 400 && inside.test(text)) wrong.push(`tells of its inside: ${text.slice(0, 300)}`);
  return wrong.map((what) => `${method} ${path}: ${what}`);
}
