/** Row-level security itself, without the product: which rows of every table the portal's role may read and change for an actor. */
import { sql, type Transaction } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DB } from '#src/platform/tables.ts';
import { startWorld } from '#tests/support/world.ts';
import { grants, seenByMore } from './grants.ts';
import { makeScene, type Scene } from './matrix.ts';
import { type Columns, isOwn, readColumns, type Tenant } from './rows-of.ts';

const world = startWorld();
let scene: Scene;
let columns: Columns;

beforeAll(async () => {
  scene = await makeScene(world);
  columns = await readColumns(world);
});

/** Rows of tables that the scene leaves empty: where there is nothing to be hidden, nothing would be proved. */
const rowsOfOthers = (): Readonly<Record<string, ReturnType<typeof sql>>> => {
  const caseOf2 = scene.subjects.case.subjects.find(
    ({ owner }) => 'mid' in owner && owner.mid === scene.parties.m2,
  );
  const mail = sql`insert into mails (id, message_id, mid, sid, sealed_letter, state)
    values (gen_random_uuid(), gen_random_uuid(), ${scene.parties.m2}, '001', '\\x00', 'kept')`;
  const anImport = sql`insert into imports (id, institution_id, sealed_name, uploaded_by)
    values (gen_random_uuid(), ${scene.parties.i2}, '\\x00', gen_random_uuid())`;
  const person = sql`(select user_id from memberships where mid = ${scene.parties.m2} limit 1)`;
  return {
    attempt_counts: sql`insert into attempt_counts values ('\\x00', ${person}, 1, now())`,
    email_changes: sql`insert into email_changes values (${person}, 'a@example.jp', null, now())`,
    invitations: sql`insert into invitations (id, mid, name, email, locale, roles, expires_at)
      values (gen_random_uuid(), ${scene.parties.m2}, 'n', 'a@example.jp', 'ja', '{viewer}', now())`,
    password_history: sql`insert into password_history values (gen_random_uuid(), ${person}, 'hash')`,
    password_resets: sql`insert into password_resets values (${person}, '\\x00', now())`,
    audit_anchors: sql`insert into audit_anchors values (1000000000000, now(), 'a line')`,
    merchant_requests: sql`insert into merchant_requests (case_id, kind, number, asked_by, asked_sequence)
      select id, 'extension', 1, gen_random_uuid(), 1 from cases on conflict do nothing`,
    step_notices: sql`insert into step_notices select id, 1, 'receive' from cases on conflict do nothing`,
    legal_holds: sql`insert into legal_holds (id, case_id, sealed_reason, put_by)
      values (gen_random_uuid(), ${caseOf2?.id}, '\\x00', gen_random_uuid())`,
    case_notes: sql`insert into case_notes (id, case_id, sealed_body, written_by)
      values (gen_random_uuid(), ${caseOf2?.id}, '\\x00', gen_random_uuid())`,
    supplement_templates: sql`insert into supplement_templates values (gen_random_uuid(), ${scene.parties.i2}, 'n', 'b', 1)`,
    saved_filters: sql`insert into saved_filters
      select gen_random_uuid(), id, 'n', '{}' from memberships where mid = ${scene.parties.m2} limit 1`,
    reminder_holds: sql`insert into reminder_holds values (gen_random_uuid(), now(), 1, now(), null, 'released')`,
    reminder_ladders: sql`insert into reminder_ladders values ('c', ${scene.parties.i2}, '[1]')`,
    alerts: sql`insert into alerts values ('import_failed', 'x', now(), 1)`,
    reminder_mails: sql`with mail as (${mail} returning id) insert into reminder_mails select id, 'contacts', 'ja' from mail`,
    reminders: sql`insert into reminders values (${caseOf2?.id}, now(), 'before-1', now(), 'sent')`,
    import_mappings: sql`insert into import_mappings values (${scene.parties.i2}, '{}')`,
    imports: anImport,
    import_pieces: sql`with made as (${anImport} returning id)
      insert into import_pieces select gen_random_uuid(), id, 0, '\\x00' from made`,
    import_batches: sql`with made as (${anImport} returning id) insert into import_batches select id, 2, '[]' from made`,
    mails: mail,
    mail_cases: sql`with mail as (${mail} returning id) insert into mail_cases select id, ${caseOf2?.id} from mail`,
    mail_events: sql`with mail as (${mail} returning id) insert into mail_events (mail_id, kind) select id, 'handed_over' from mail`,
    guess_counts: sql`insert into guess_counts values ('\\x00', 1, now())`,
    devices: sql`insert into devices (token_hash, user_id) values ('\\x00', ${person})`,
    sign_ins: sql`insert into sign_ins (token_hash, user_id, step, counter) values ('\\x00', ${person}, 'enrolment', '\\x00')`,
    challenges: sql`insert into challenges values ('\\x00', 'totp_setup', ${person}, '\\x00')`,
    totp_secrets: sql`insert into totp_secrets values (${person}, '\\x00', 0)`,
    passkeys: sql`insert into passkeys values (gen_random_uuid(), ${person}, 'n', 'other', '\\x00', 0, '{}')`,
    identities: sql`insert into identities (issuer, subject, user_id) values ('https://idp.example', 's', ${person})`,
    single_sign_ons: sql`insert into single_sign_ons (token_hash, user_id, owner_hash) values ('\\x00', ${person}, '\\x00')`,
    processes: sql`insert into processes (id, role, version) values (gen_random_uuid(), 'all', '0')`,
    recovery_codes: sql`insert into recovery_codes values (${person}, '\\x00')`,
  };
};

/** Works in a transaction of which nothing stays. */
async function leavingNothing<Result>(work: (tx: Transaction<DB>) => Promise<Result>): Promise<Result> {
  const tx = await world.db.startTransaction().execute();
  try {
    return await work(tx);
  } finally {
    await tx.rollback().execute();
  }
}

async function actAs(tx: Transaction<DB>, who: Tenant): Promise<void> {
  const { kind, ...rest } = who;
  const settings = {
    kind,
    mid: '',
    institution: '',
    ...rest,
    sids: 'sids' in rest && rest.sids ? `{${rest.sids}}` : '',
  };
  for (const [name, value] of Object.entries(settings))
    await sql`select set_config(${`shokai.${name}`}, ${value}, true)`.execute(tx);
  await sql`set local role shokai_app`.execute(tx);
}

/** What an actor sees of a table: its own rows, and those that are not. */
async function look(
  table: string,
  who: Tenant,
): Promise<{ own: number; missing: number; foreign: number; hidden: number }> {
  return leavingNothing(async (tx) => {
    await rowsOfOthers()[table]?.execute(tx);
    await actAs(tx, who);
    const seen = await sql<{ ctids: string[] }>`
      select coalesce(array_agg(ctid::text), '{}') as ctids from ${sql.table(table)}`.execute(tx);
    await sql`reset role`.execute(tx);
    const { rows } = await sql<{ own: number; missing: number; foreign: number; hidden: number }>`
      select count(*) filter (where seen and own)::int as own, count(*) filter (where not seen and own)::int as missing,
        count(*) filter (where seen and not own)::int as foreign,
        count(*) filter (where not seen and not own)::int as hidden
      from (select ctid = any (${seen.rows[0]?.ctids}::tid[]) as seen, coalesce(${isOwn(columns, table, who)}, false) as own
            from ${sql.table(table)}) as each`.execute(tx);
    return rows[0] ?? { own: 0, missing: 0, foreign: 0, hidden: 0 };
  });
}

const actors = (): [string, Tenant][] => [
  ['a merchant', { kind: 'merchant', mid: scene.parties.m1 }],
  ['a merchant’s person of one service', { kind: 'merchant', mid: scene.parties.m1, sids: '002' }],
  ['an institution', { kind: 'institution', institution: scene.parties.i1 }],
];

describe('of every table', () => {
  it('an actor sees its own rows and no others, and there are others', async () => {
    for (const [name, who] of actors()) {
      for (const table of Object.keys(grants)) {
        const { foreign, hidden } = await look(table, who);
        const isSeenByMore = seenByMore[who.kind]?.includes(table) ?? false;
        expect([name, table, isSeenByMore ? 0 : foreign]).toEqual([name, table, 0]);
        // Where nothing is hidden, nothing was proved.
        const advice = 'add a row of somebody else’s to rowsOfOthers in tests/walls/own-rows.test.ts';
        expect([name, table, isSeenByMore || hidden > 0 || advice]).toEqual([name, table, true]);
      }
    }
  });

  it('an actor sees all of what is its own', async () => {
    const evidence = ['cases', 'case_counts', 'case_events', 'answers', 'announcements'];
    for (const [name, who] of actors()) {
      for (const table of evidence) {
        const { own, missing } = await look(table, who);
        expect([name, table, own > 0, missing]).toEqual([name, table, true, 0]);
      }
    }
  });
});

describe('of every table that may be changed', () => {
  const change = (who: Tenant, statement: ReturnType<typeof sql>): Promise<bigint> =>
    leavingNothing(async (tx) => {
      await actAs(tx, who);
      return (await statement.execute(tx)).numAffectedRows ?? 0n;
    });

  it('an actor gives no row of its own to another merchant or institution, and not to another’s case', async () => {
    const { m1, m2, i1, i2 } = scene.parties;
    const foreignCase = scene.subjects.case.subjects.find(
      ({ owner }) => 'mid' in owner && owner.mid === m2 && owner.institutionId === i2,
    );
    const merchant: Tenant = { kind: 'merchant', mid: m1 };
    const institution: Tenant = { kind: 'institution', institution: i1 };
    const given: [string, Tenant, string | undefined][] = [
      ['mid', merchant, m2],
      ['institution_id', institution, i2],
      ['case_id', merchant, foreignCase?.id],
      ['case_id', institution, foreignCase?.id],
    ];
    for (const [column, who, to] of given) {
      for (const [table, verbs] of Object.entries(grants)) {
        if (!verbs.includes('update') || !columns.get(table)?.has(column)) continue;
        const own = sql`select ctid from ${sql.table(table)} limit 1`;
        const statement = sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to} where ctid in (${own})`;
        const outcome = await change(who, statement).catch((error: { code: string }) => error.code);
        expect([table, column, ['42501', '23001', 0n].includes(outcome) || outcome]).toEqual([
          table,
          column,
          true,
        ]);
      }
    }
  });

  it('an actor changes and deletes no row that is not its own', async () => {
    for (const [name, who] of actors()) {
      for (const [table, verbs] of Object.entries(grants)) {
        const foreign = sql`not coalesce(${isOwn(columns, table, who)}, false)`;
        if (verbs.includes('delete')) {
          const gone = await change(who, sql`delete from ${sql.table(table)} where ${foreign}`);
          expect([name, table, gone]).toEqual([name, table, 0n]);
        }
      }
    }
  });
});
