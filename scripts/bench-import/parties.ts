import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { sql } from 'kysely';
import type { Database } from '#src/platform/database.ts';

export const institutionId = 'BENCH';
export const operatorId = '00000000-0000-4000-8000-000000000001';

/** Which column of the file is what. */
export const columns = {
  ...{
    institutionReference: 'reference',
    mid: 'mid',
    sid: 'sid',
    requestedAt: 'requested',
    supplement: 'supplement',
  },
  ...{ trackingId: 'tracking', amount: 'amount', paidAt: 'paid', customerId: 'customer', orderId: 'order' },
  ...{ productName: 'product', notificationType: 'type' },
};

const merchantCount = 100;
const midOf = (line: number): string => String(10_000 + (line % merchantCount));

/** An institution, an operator and the merchants whose services are asked about. */
export async function addParties(db: Database): Promise<void> {
  await sql`insert into institutions (id, name, due_rule) values (${institutionId}, 'bench', '{"days":7,"of":"business_days"}')`.execute(
    db,
  );
  await sql`insert into users (id, login_id, name) values (${operatorId}, 'bench', 'bench')`.execute(db);
  await sql`insert into memberships (id, user_id, mid, roles) values (${randomUUID()}, ${operatorId}, null, '{admin}')`.execute(
    db,
  );
  await sql`insert into merchants (mid, name) select n::text, 'bench' from generate_series(10000, ${10_000 + merchantCount - 1}::int) n`.execute(
    db,
  );
  await sql`insert into services (mid, sid, name) select mid, '001', 'bench' from merchants`.execute(db);
  await sql`insert into confirmed_years (year) select generate_series(2007, 2050)`.execute(db);
}

/** The cells of a line, in the order of the columns. */
export const cellsOf = (line: number): string[] => [
  ...[
    `B-${line}`,
    midOf(line),
    '001',
    '2026/11/20 10:00',
    `会員様からのお問い合わせです。${line}件目のご確認をお願いします。`,
  ],
  ...[
    String(20_261_101_000_000 + line),
    String(1_000 + (line % 90_000)),
    '2026/11/01',
    `C-${line}`,
    `A-${line}`,
  ],
  ...['月額プラン スタンダード', 'inquiry.unrecognized'],
];

/** Writes a CSV file of so many requests. */
export async function writeCsv(path: string, lines: number): Promise<void> {
  const out = createWriteStream(path);
  out.write(`${Object.values(columns).join(',')}\n`);
  for (let line = 1; line <= lines; line += 1)
    if (!out.write(`${cellsOf(line).join(',')}\n`)) await once(out, 'drain');
  out.end();
  await finished(out);
}
