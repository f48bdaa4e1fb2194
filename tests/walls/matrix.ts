/** The exhaustive matrix: every route × every caller × every id, against the table of `expectations.ts`. */
import type { World } from '#tests/support/world.ts';
import { type Called, call, type Reply } from './call.ts';
import { asOwnPerson, type Caller, makeCallers, maySee, withOwnSession } from './callers.ts';
import { type Contract, contractOf } from './contract.ts';
import { expectations, type Row } from './expectations.ts';
import { canaryPattern, makeParties, type Parties } from './parties.ts';
import { makeSubjects, type Subject, type Subjects, sees } from './subjects.ts';

export type Scene = {
  parties: Parties;
  callers: readonly Caller[];
  subjects: Subjects;
  contract: Contract;
};

/** Everything the matrix is walked with. */
export async function makeScene(world: World): Promise<Scene> {
  const parties = await makeParties(world);
  const callers = await makeCallers(world, parties);
  const subjects = await makeSubjects(world, parties, callers);
  return { parties, callers, subjects, contract: await contractOf(world) };
}

export type Result = {
  cells: number;
  /** Every cell that is not as the table says, in words. */
  wrong: string[];
  /** Those of them that showed somebody what is not theirs. */
  leaks: string[];
  /** The canaries that somebody was shown, rightly or not. */
  shown: Set<string>;
};

const atOnce = 8;

/** How long a walk may take on a machine that is busy with other things. */
export const walkMs = 180_000;

/** Walks the whole matrix; tells of every cell that is not as the table says. */
export async function walkMatrix(
  world: World,
  scene: Scene,
  isWalked = (_: Row): boolean => true,
): Promise<Result> {
  const walks = Object.entries(expectations)
    .filter(([, row]) => isWalked(row))
    .flatMap(([route, row]) =>
      scene.callers.map((caller) => () => walkCells(world, scene, { route, row, caller })),
    );
  const results: Result[] = [];
  const workers = Array.from({ length: atOnce }, async () => {
    for (let walk = walks.shift(); walk; walk = walks.shift()) results.push(await walk());
  });
  await Promise.all(workers);
  return {
    cells: results.reduce((sum, { cells }) => sum + cells, 0),
    wrong: results.flatMap(({ wrong }) => wrong).sort(),
    leaks: results.flatMap(({ leaks }) => leaks).sort(),
    shown: new Set(results.flatMap(({ shown }) => [...shown])),
  };
}

type Walk = { route: string; row: Row; caller: Caller };
type Asked = { label: string; id: string; subject?: Subject };

/** One route as one caller: with each id in its path. */
async function walkCells(world: World, scene: Scene, walk: Walk): Promise<Result> {
  const ids = idsFor(scene, walk.row);
  const unknown = ids.find(({ label }) => label === 'unknown');
  const asUnknown = unknown && withoutItsOwn(await ask(world, walk, unknown), unknown);
  const result: Result = { cells: ids.length, wrong: [], leaks: [], shown: new Set() };
  for (const asked of ids) {
    const reply = await ask(world, walk, asked);
    const cell = `${walk.route} as ${walk.caller.name}${asked.label && ` for ${asked.label}`}`;
    const leaks = leaksOf(scene, walk.caller, reply, asked).map((leak) => `${cell}: shows ${leak}`);
    result.leaks.push(...leaks);
    result.wrong.push(
      ...wrongOf(scene, walk, asked, { reply, asUnknown }).map((what) => `${cell}: ${what}`),
      ...leaks,
    );
    for (const word of wordsOf(reply)) result.shown.add(word);
  }
  return result;
}

type Replied = { reply: Reply; asUnknown: string | undefined };

function wrongOf(scene: Scene, walk: Walk, asked: Asked, { reply, asUnknown }: Replied): string[] {
  const expected = expectedStatus(scene, walk, asked);
  const broken = scene.contract(walk.route, reply);
  if (broken) return [broken];
  if (reply.status !== expected) return [`${reply.status}, not ${expected}`];
  if (expected !== 404 || asUnknown === undefined || withoutItsOwn(reply, asked) === asUnknown) return [];
  return ['differs from what does not exist'];
}

function idsFor({ subjects }: Scene, { on }: Row): Asked[] {
  if (!on) return [{ label: '', id: '' }];
  const { subjects: made, unknown, malformed } = subjects[on];
  return [
    ...made.map((subject) => ({ label: JSON.stringify(subject.owner), id: subject.id, subject })),
    ...(unknown === undefined ? [] : [{ label: 'unknown', id: unknown }]),
    ...(malformed === undefined ? [] : [{ label: 'malformed', id: malformed }]),
  ];
}

async function ask(world: World, { route, row, caller }: Walk, { id }: Asked): Promise<Reply> {
  const [method = '', pattern = ''] = route.split(' ');
  // What follows the id in a path counts things of that subject.
  const named = pattern.replace(/:\w+/, encodeURIComponent(id)).replaceAll(/:\w+/g, '1');
  const path = `${named.replace(/\*$/, '/no-such-file')}${row.sends?.query ?? ''}`;
  const { query: _, ...sends } = row.sends ?? {};
  const called: Called = { method, path: path.replace(/^\/\//, '/'), ...sends };
  if (row.endsOtherSessions) return asOwnPerson(world, caller, (own) => call(world, own, called));
  return call(world, row.endsSession ? await withOwnSession(world, caller) : caller, called);
}

function expectedStatus({ subjects }: Scene, { row, caller }: Walk, asked: Asked): number {
  const gives = givenTo(row, caller);
  if (row.onlyInDemo) return 404;
  if (row.may === 'everybody') return gives;
  if (!caller.isSignedIn) return 401;
  const may = row.may;
  if (may !== 'signed in' && !caller.roles.some((role) => may.includes(role))) return 403;
  if (row.stepUp && caller.isStale) return 403;
  if (!row.on) return gives;
  if (asked.label === 'malformed') return 400;
  if (!asked.subject || !sees(subjects[row.on], caller, asked.subject.owner)) return 404;
  return gives;
}

function givenTo({ gives = 200 }: Row, { credential }: Caller): number {
  if (typeof gives === 'number') return gives;
  return credential && 'key' in credential ? gives.key : gives.person;
}

/** A reply without what is new in every reply, to be compared with another. */
function withoutItsOwn({ status, headers, text }: Reply, { id }: Asked): string {
  // How many calls are left changes with every call.
  const { date: _, ratelimit: __, 'x-request-id': requestId = '', ...rest } = headers;
  const comparable = JSON.stringify({ status, rest, text }).replaceAll(requestId, '');
  return (id === '' ? comparable : comparable.replaceAll(id, '')).replace(/'nonce-[\w+/=]+'/g, '');
}

/** What stands in a reply and is not the caller's: canaries, and numbers of cases other than the one asked for. */
function leaksOf(
  { parties, subjects }: Scene,
  caller: Caller,
  { headers, text }: Reply,
  asked: Asked,
): string[] {
  const foreignWords = [...wordsOf({ headers, text })].filter((word) => {
    const owner = parties.canaries.get(word);
    // A word of nobody here belongs to another file's scene in the same database; operators see all of them.
    return owner === undefined ? !isOperator(caller) : !maySee(caller, owner);
  });
  const foreignIds = subjects.case.subjects
    .filter(({ id, owner }) => id !== asked.id && !maySee(caller, owner) && text.includes(id))
    .map(({ id }) => id);
  return [
    ...foreignWords.map((word) => `a text of ${JSON.stringify(parties.canaries.get(word))}`),
    ...foreignIds.map((id) => `case ${id}`),
  ];
}

const isOperator = ({ roles }: Caller): boolean => roles.some((role) => role.startsWith('operator.'));

const wordsOf = ({ headers, text }: Pick<Reply, 'headers' | 'text'>): Set<string> =>
  new Set(`${JSON.stringify(headers)}${text}`.match(canaryPattern));
