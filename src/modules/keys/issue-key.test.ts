import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { keyScopes } from '#src/domain/api-keys.ts';
import { merchantRoles, type Right, rightsOfMerchant } from '#src/domain/rights.ts';
import {
  aLimitedAdmin,
  aMerchant,
  aMerchantKey,
  anInstitution,
  anOperator,
  aPerson,
  as,
  type Caller,
  givenCase,
  startWorld,
} from '#tests/support/world.ts';

const world = startWorld();

const aNewKey = (mid: string, rest: object = {}) => ({
  name: '基幹システム',
  owner: { kind: 'merchant', mid },
  scopes: ['read_cases', 'answer_cases'],
  ...rest,
});

const issue = (caller: Caller, body: object, headers?: Record<string, string>) =>
  as(world, caller).post('/api-keys', body, headers);

const keyed = (secret: string): Caller => ({ id: '', name: '', key: secret });

/** Everything that the database stores, as text. */
async function dump(): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(
    world.db,
  );
  const texts = await Promise.all(
    rows.map(async ({ name }) => {
      const found = await sql<{ text: string | null }>`
        select string_agg(each::text, ' ') as text from ${sql.raw(name)} as each`.execute(world.db);
      return found.rows[0]?.text ?? '';
    }),
  );
  return texts.join('\n');
}

describe('a key', () => {
  it('is shown once, works at once, and only its hash is stored', async () => {
    const { mid, hanako } = await aMerchant(world);
    const reply = await issue(hanako, aNewKey(mid));
    expect(reply).toMatchObject({
      status: 201,
      body: {
        secret: expect.stringMatching(/^shk_[\w-]{43}$/),
        apiKey: {
          name: '基幹システム',
          owner: { kind: 'merchant', mid },
          scopes: ['read_cases', 'answer_cases'],
          sids: null,
          state: 'active',
          createdBy: '山田 花子',
          lastUsedAt: null,
          replacedBy: null,
        },
      },
    });
    expect(reply.headers.get('cache-control')).toBe('no-store');
    const { secret, apiKey } = reply.body;
    expect(apiKey.prefix).toBe(secret.slice(0, 12));
    expect(Date.parse(apiKey.expiresAt) - Date.parse(apiKey.createdAt)).toBe(365 * 86_400_000);
    expect((await as(world, keyed(secret)).get('/cases')).status).toBe(200);

    const listed = await as(world, hanako).get('/api-keys');
    expect(JSON.stringify(listed.body)).not.toContain(secret.slice(12));
    const stored = await dump();
    expect(stored).toContain(secret.slice(0, 12));
    expect(stored).not.toContain(secret.slice(12));
    expect(stored).not.toContain(Buffer.from(secret).toString('hex'));
  });

  it('is not told again, nor stored, when the call is repeated with its Idempotency-Key', async () => {
    const { mid, hanako } = await aMerchant(world);
    const headers = { 'idempotency-key': randomUUID() };
    const first = await issue(hanako, aNewKey(mid), headers);
    const again = await issue(hanako, aNewKey(mid), headers);
    expect(again).toMatchObject({ status: 201, body: { secret: null, apiKey: first.body.apiKey } });
    expect((await as(world, hanako).get('/api-keys')).body.data).toHaveLength(1);
    expect(await dump()).not.toContain(first.body.secret.slice(12));
    const other = await issue(hanako, aNewKey(mid, { name: '別' }), headers);
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
  });

  it('of the PSP acts for the PSP, one of an institution for it', async () => {
    const sato = await anOperator(world);
    const { institutionId } = await anInstitution(world);
    const { mid, hanako } = await aMerchant(world);
    await givenCase(world, { mid, hanako, taro: hanako, yuki: hanako });
    const provider = await issue(sato, aNewKey(mid, { owner: { kind: 'provider' }, scopes: ['read_cases'] }));
    expect(provider).toMatchObject({
      status: 201,
      body: { apiKey: { owner: { kind: 'provider' }, ownerName: null } },
    });
    const listed = await as(world, sato).get('/api-keys?owner=provider&limit=200');
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toContain(provider.body.apiKey.id);
    expect(new Set(listed.body.data.map(({ owner }: { owner: { kind: string } }) => owner.kind))).toEqual(
      new Set(['provider']),
    );
    const seen = await as(world, keyed(provider.body.secret)).get(`/cases?mid=${mid}`);
    expect(seen.body.data).toHaveLength(1);
    const institution = await issue(sato, {
      name: 'JCB',
      owner: { kind: 'institution', institutionId },
      scopes: ['read_cases', 'take_in_cases'],
    });
    expect(institution).toMatchObject({ status: 201, body: { apiKey: { ownerName: 'テストカード' } } });
    const nothing = await as(world, keyed(institution.body.secret)).get(`/cases?mid=${mid}`);
    expect(nothing).toMatchObject({ status: 200, body: { data: [] } });
  });
});

describe('who makes a key', () => {
  it('gives it no more than they have: whatever they ask for (INV-39)', async () => {
    const { mid } = await aMerchant(world);
    const people = await Promise.all(
      ([['admin'], ['admin', 'responder'], ['admin', 'viewer']] as const).map(async (roles) => ({
        rights: rightsOfMerchant([...roles]),
        caller: await aPerson(world, { name: '山田 花子', mid, roles: [...roles], sids: null }),
      })),
    );
    const canHold = new Set<Right>(['read_cases', 'read_personal_data', 'answer_cases', 'manage_webhooks']);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...people),
        fc.subarray([...keyScopes], { minLength: 1 }),
        async ({ rights, caller }, scopes) => {
          const { status, body } = await issue(caller, aNewKey(mid, { scopes }));
          const isWithin = scopes.every((scope) => rights.has(scope) && canHold.has(scope));
          expect([status, body.code]).toEqual(isWithin ? [201, undefined] : [403, 'scopes_not_held']);
        },
      ),
      { numRuns: 100 },
    );
    const stored = await world.db.selectFrom('api_keys').select('rights').where('mid', '=', mid).execute();
    expect(stored.length).toBeGreaterThan(0);
    expect(stored.flatMap(({ rights }) => rights).filter((right) => !canHold.has(right))).toEqual([]);
  });

  it('has the right to: no other role, no key, nobody', async () => {
    const { mid, taro, yuki } = await aMerchant(world);
    const agents = await Promise.all([anOperator(world, 'agent'), anOperator(world, 'auditor')]);
    const keys = [await aMerchantKey(world, mid), await anInstitution(world)];
    for (const caller of [taro, yuki, ...agents, ...keys]) {
      expect(await issue(caller, aNewKey(mid))).toMatchObject({
        status: 403,
        body: { code: 'not_permitted' },
      });
      expect((await as(world, caller).get('/api-keys')).status).toBe(403);
    }
    expect((await as(world).post('/api-keys', aNewKey(mid))).status).toBe(401);
    expect(merchantRoles.admin.rights).toContain('manage_keys');
  });

  it('has proved a short while ago who they are', async () => {
    const { mid, hanako } = await aMerchant(world);
    await sql`update sessions set proved_at = now() - interval '1 hour' where user_id = ${hanako.id}`.execute(
      world.db,
    );
    expect(await issue(hanako, aNewKey(mid))).toMatchObject({
      status: 403,
      body: { code: 'proof_required' },
    });
  });

  it('does so for their own merchant: others do not exist, nor do institutions and the PSP', async () => {
    const { hanako } = await aMerchant(world);
    const other = await aMerchant(world);
    const { institutionId } = await anInstitution(world);
    const owners = [
      { kind: 'merchant', mid: other.mid },
      { kind: 'institution', institutionId },
      { kind: 'provider' },
    ];
    for (const owner of owners) {
      const reply = await issue(hanako, aNewKey('', { owner, scopes: ['read_cases'] }));
      expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    const sato = await anOperator(world);
    const unknown = aNewKey('', {
      owner: { kind: 'institution', institutionId: 'NO-SUCH' },
      scopes: ['read_cases'],
    });
    expect((await issue(sato, unknown)).status).toBe(404);
  });

  it('and is limited to some services limits the key to them, and sees no key that reaches further', async () => {
    const { mid, hanako } = await aMerchant(world);
    const minoru = await aLimitedAdmin(world, mid, ['002']);
    const whole = await issue(hanako, aNewKey(mid));
    const own = await issue(minoru, aNewKey(mid));
    expect(own).toMatchObject({ status: 201, body: { apiKey: { sids: ['002'] } } });
    const asked = await issue(minoru, aNewKey(mid, { sids: ['001', '002'] }));
    expect(asked).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/sids/0', code: 'unknown_service' }] },
    });
    const listed = await as(world, minoru).get('/api-keys');
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toEqual([own.body.apiKey.id]);
    for (const step of ['rotation', 'revocation']) {
      const reply = await as(world, minoru).post(`/api-keys/${whole.body.apiKey.id}/${step}`);
      expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    await givenCase(world, { mid, hanako, taro: hanako, yuki: hanako }, { sid: '001' });
    const shown = await givenCase(world, { mid, hanako, taro: hanako, yuki: hanako }, { sid: '002' });
    const seen = await as(world, keyed(own.body.secret)).get('/cases');
    expect(seen.body.data.map(({ id }: { id: string }) => id)).toEqual([shown]);
  });

  it.each([
    ['no name', { name: ' ' }, '/name'],
    ['a card number as the name', { name: '4111 1111 1111 1111' }, '/name'],
    ['no scope', { scopes: [] }, '/scopes'],
    ['a right that no key holds', { scopes: ['manage_keys'] }, '/scopes/0'],
    ['a life too long', { expiresInDays: 731 }, '/expiresInDays'],
    ['a service that is not there', { sids: ['999'] }, '/sids/0'],
    ['a field too many', { key: 'mine' }, '/key'],
  ])('is told of %s', async (_, rest, pointer) => {
    const { mid, hanako } = await aMerchant(world);
    const reply = await issue(hanako, aNewKey(mid, rest));
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ pointer }] } });
  });
});

describe('the database', () => {
  it('stores no key that manages something, nor one of two owners', async () => {
    const { mid } = await aMerchant(world);
    const { institutionId } = await anInstitution(world);
    const row = { id: randomUUID(), key_hash: Buffer.from(randomUUID()), name: 'x' };
    const managing = world.db
      .insertInto('api_keys')
      .values({ ...row, mid, rights: ['manage_users'] })
      .execute();
    await expect(managing).rejects.toThrow('api_keys_manage_nothing');
    const both = world.db
      .insertInto('api_keys')
      .values({ ...row, mid, institution_id: institutionId, rights: [] })
      .execute();
    await expect(both).rejects.toThrow('api_keys_owner');
  });
});
