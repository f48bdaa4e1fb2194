import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { anOwnDatabase } from '#tests/support/own-database.ts';
import { type ArrivedSpan, startCollector } from '#tests/support/trace-collector.ts';
import { aMerchant, as, givenCase, startWorld } from '#tests/support/world.ts';

const settings: Record<string, string> = { MAIL_GATHER_SECONDS: '0' };
let collector: Awaited<ReturnType<typeof startCollector>>;
beforeAll(async () => {
  collector = await startCollector();
  settings.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
});
const world = startWorld({ work: true, settings, database: anOwnDatabase });
afterAll(() => collector.stop());

const attribute = ({ attributes }: ArrivedSpan, name: string) =>
  attributes.find(({ key }) => key === name)?.value.stringValue;

const ofTrace = (traceId: string): ArrivedSpan[] =>
  collector.spans.filter((span) => span.traceId === traceId);

it('a request’s trace has its id, its statements without their values, and the jobs it caused', async () => {
  const merchant = await aMerchant(world);
  const caseId = await givenCase(world, merchant);
  const patience = { timeout: 15_000, interval: 100 };

  const look = await as(world, merchant.hanako).get(`/cases?q=${caseId}`);
  const traceId = String(look.headers.get('x-request-id')).replaceAll('-', '');
  // A request ends after its statements, and may come with a later delivery of spans.
  await vi.waitFor(() => expect(ofTrace(traceId).some(({ kind }) => kind === 2)).toBe(true), patience);
  const [request] = ofTrace(traceId).filter(({ kind }) => kind === 2);
  expect(request?.name).toBe('GET /api/v1/cases');
  expect(attribute(request as ArrivedSpan, 'shokai.request_id')).toBe(look.headers.get('x-request-id'));
  const statements = ofTrace(traceId).filter(({ kind }) => kind === 3);
  expect(statements.every(({ parentSpanId }) => parentSpanId === request?.spanId)).toBe(true);
  const texts = statements.map((span) => attribute(span, 'db.query.text'));
  expect(texts.some((text) => /from "cases".* \$1/s.test(text ?? ''))).toBe(true);
  expect(JSON.stringify(collector.spans)).not.toContain(caseId);

  const isJob = (span: ArrivedSpan): boolean => span.name === 'job spread-events' && span.parentSpanId !== '';
  await vi.waitFor(() => expect(collector.spans.some(isJob)).toBe(true), patience);
  const job = collector.spans.find(isJob) as ArrivedSpan;
  const cause = ofTrace(job.traceId).find(({ spanId }) => spanId === job.parentSpanId);
  expect(cause?.name).toBe('POST /api/v1/cases');
  expect(ofTrace(job.traceId).some(({ parentSpanId }) => parentSpanId === job.spanId)).toBe(true);
});

it('a job’s line in the log names the request that caused it, and a problem names its own', async () => {
  const refused = await as(world).get('/cases');
  expect(refused.body.requestId).toBe(refused.headers.get('x-request-id'));
  expect(await readFile(world.logPath, 'utf8')).toContain(`"reqId":"${refused.body.requestId}"`);
});
