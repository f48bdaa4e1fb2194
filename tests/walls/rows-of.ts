/** Whose every row of the database is, told by the columns of its table: in other words than the policies and the product. */
import { sql } from 'kysely';
import type { World } from '#tests/support/world.ts';
import { grants } from './grants.ts';

export type Tenant =
  | { kind: 'merchant'; mid: string; sids?: string }
  | { kind: 'institution'; institution: string };

export type Columns = ReadonlyMap<string, ReadonlySet<string>>;

/** The columns of every table. */
export async function readColumns({ db }: World): Promise<Columns> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns where table_schema = 'public'`.execute(
    db,
  );
  const found = new Map<string, Set<string>>();
  for (const { table, column } of rows) found.set(table, (found.get(table) ?? new Set()).add(column));
  return found;
}

/** What is nobody's but the product's own, however it is reached. */
const ofNobody = [
  'case_notes',
  'guess_counts',
  'idempotency_keys',
  'legal_holds',
  'mails',
  'mail_cases',
  'mail_events',
  'retention_periods',
  'reminder_holds',
  'reminder_ladders',
  'reminder_mails',
  'reminder_plans',
  'reminder_settings',
  'reminders',
];

/** What is one person's and of no use to their merchant. */
const ofOnePerson = ['attempt_counts', 'email_changes', 'password_history', 'password_resets'];

/** Whether a row is an actor's, told by its columns: the rule that policies have to come to, in other words than theirs. */
export function isOwn(columns: Columns, table: string, who: Tenant): ReturnType<typeof sql> {
  if ([...ofNobody, ...ofOnePerson].includes(table)) return sql`false`;
  const ofWebhook = isOfWebhook(table, who);
  if (ofWebhook) return ofWebhook;
  const has = (column: string): boolean => columns.get(table)?.has(column) ?? false;
  return who.kind === 'institution' ? isOfInstitution(table, has, who) : isOfMerchant(table, has, who);
}

/** Endpoints hear of all services or of some; what belongs to one is told by it. */
const webhookTables: Readonly<Record<string, string>> = {
  webhook_endpoints: 'id',
  webhook_secrets: 'endpoint_id',
  webhook_deliveries: 'endpoint_id',
};

function isOfWebhook(table: string, who: Tenant): ReturnType<typeof sql> | undefined {
  const ofOwner =
    who.kind === 'institution'
      ? sql`institution_id = ${who.institution}`
      : sql`mid = ${who.mid} ${who.sids ? sql`and sids = array[${who.sids}]` : sql``}`;
  const endpoints = sql`select id from webhook_endpoints where ${ofOwner}`;
  if (table === 'webhook_attempts')
    return sql`delivery_id in (select id from webhook_deliveries where endpoint_id in (${endpoints}))`;
  const column = webhookTables[table];
  return column ? sql`${sql.ref(column)} in (${endpoints})` : undefined;
}

type Has = (column: string) => boolean;

function isOfInstitution(table: string, has: Has, { institution }: Tenant & { kind: 'institution' }) {
  // What is being written is nothing to an institution before it is registered.
  if (table === 'drafts') return sql`false`;
  if (has('institution_id')) return sql`institution_id = ${institution}`;
  return has('case_id')
    ? sql`case_id in (select id from cases where institution_id = ${institution})`
    : sql`false`;
}

function isOfMerchant(table: string, has: Has, { mid, sids }: Tenant & { kind: 'merchant' }) {
  const ofService = sids && table !== 'contacts' ? sql`and sid = ${sids}` : sql``;
  if (has('mid')) return sql`mid = ${mid} ${has('sid') ? ofService : sql``}`;
  if (has('case_id')) return sql`case_id in (select id from cases where mid = ${mid} ${ofService})`;
  const members = sql`(select user_id from memberships where mid = ${mid})`;
  if (table === 'users') return sql`id in ${members}`;
  return has('user_id') ? sql`user_id in ${members}` : sql`false`;
}

/** What changes by itself when somebody calls, and is looked at by tests of its own. */
const always = ['last_used_at', 'last_signed_in_at'];
const left = ['sessions', 'challenges', 'idempotency_keys', 'case_counts', 'audit_entries', 'audit_head'];

/** Every row of merchants as it is stored, by table: to see that something changed nothing. */
export async function everythingOf(world: World, mids: readonly string[]): Promise<Record<string, string[]>> {
  const columns = await readColumns(world);
  const found: Record<string, string[]> = {};
  for (const table of Object.keys(grants).filter((name) => !left.includes(name))) {
    const own = mids.map((mid) => isOwn(columns, table, { kind: 'merchant', mid }));
    const { rows } = await sql<{ row: string }>`
      select (to_jsonb(each) - ${always}::text[])::text as row from ${sql.table(table)} as each
      where ${sql.join(own, sql` or `)} order by 1`.execute(world.db);
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}
