import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { aMerchant, anOperator, aPerson, as, startWorld } from '#tests/support/world.ts';

const world = startWorld();

describe('a list as a file', () => {
  it('holds what the filter finds and nothing else, with no formula in it, and is recorded', async () => {
    const admin = await anOperator(world);
    const { mid } = await aMerchant(world);
    const name = `=HYPERLINK("${randomUUID()}")`;
    await world.db.updateTable('merchants').set({ name }).where('mid', '=', mid).execute();
    const csv = await as(world, admin).get(`/merchants.csv?q=${mid}`, { 'accept-language': 'ja' });
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = String(csv.body).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('MID,加盟店名');
    expect(lines[1]).toContain(`${mid},"'${name.replaceAll('"', '""')}"`);
    const entry = await world.db
      .selectFrom('audit_entries')
      .select(['action', 'details'])
      .where('actor_id', '=', admin.id)
      .orderBy('sequence', 'desc')
      .executeTakeFirstOrThrow();
    expect(entry).toEqual({ action: 'merchant.export', details: { filters: 'q', format: 'csv' } });
  });

  it('is a workbook too', async () => {
    const admin = await anOperator(world);
    const { mid } = await aMerchant(world);
    const xlsx = await as(world, admin).get(`/merchants.xlsx?q=${mid}`);
    expect(xlsx).toMatchObject({ status: 200 });
    expect(xlsx.headers.get('content-type')).toBe(
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    );
    expect(xlsx.headers.get('content-disposition')).toBe('attachment; filename="merchants.xlsx"');
    expect(String(xlsx.body)).toMatch(/^PK/);
  });

  it.each(['csv', 'xlsx'])('shows a merchant’s admin their own users alone, as %s', async (format) => {
    const { hanako, mid } = await aMerchant(world);
    const other = await aMerchant(world);
    const unique = `unique-${randomUUID()}`;
    await aPerson(world, { name: unique, mid: other.mid, roles: ['viewer'], sids: null });
    const file = await as(world, hanako).get(`/users.${format}`);
    expect(file).toMatchObject({ status: 200 });
    if (format === 'csv') expect(String(file.body).trim().split('\r\n')).toHaveLength(4);
    expect(String(file.body)).not.toContain(unique);
    expect(mid).not.toBe(other.mid);
  });

  it('refuses before anything is sent', async () => {
    const { hanako } = await aMerchant(world);
    const nowhere = await as(world, hanako).get(`/webhook-endpoints/${randomUUID()}/deliveries.csv`);
    expect(nowhere).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});
