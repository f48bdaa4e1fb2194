import { PassThrough, type Readable } from 'node:stream';
import type { Logger } from 'pino';
import { Refusal } from '#src/domain/refusals.ts';
import type { Actor } from '#src/platform/actor.ts';
import { maySee } from '#src/platform/tenancy.ts';
import { listen } from './listen.ts';
import { readTold, type Told, toMessage } from './told.ts';

type Parts = {
  connectionString: string;
  /** Who the sessions stand for now, by their hashes; those that ended are missing. Asking is no use of them. */
  actorsOf: (sessions: readonly string[]) => Promise<ReadonlyMap<string, Actor>>;
  log: Logger;
  /** How long what comes is gathered, how often rights are looked at, and how often a quiet stream says that it lives. */
  times?: { gatherMs: number; lookMs: number; beatMs: number };
};

/** Opens streams and closes all of them. */
export type Live = {
  open: (session: string, actor: Actor) => Promise<Readable>;
  count: () => number;
  stop: () => Promise<void>;
};

type Member = { session: string; actor: Actor; stream: PassThrough; pending: Told[] };

const usualTimes = { gatherMs: 250, lookMs: 5_000, beatMs: 20_000 };
const streamsOfSession = 6;
const streamsOfProcess = 2_000;
const pendingAtMost = 500;
const unreadBytes = 65_536;
const hello = 'retry: 2000\nevent: hello\ndata: {}\n\n';
const again = 'event: resync\ndata: {}\n\n';

/**
 * The streams of this process. What is committed is passed on to those who may see it when it is passed on: sessions, roles and
 * services are looked up again before anything is said, and every five seconds for those to whom nothing is.
 */
export function openLive({ connectionString, actorsOf, log, times = usualTimes }: Parts): Live {
  const members = new Set<Member>();
  let isStopped = false;
  let gathering: NodeJS.Timeout | undefined;
  const passOn = async (): Promise<void> => {
    gathering = undefined;
    const concerned = [...members].filter(({ pending }) => pending.length > 0);
    await lookAgain(concerned, actorsOf);
    for (const member of concerned) tell(member);
  };
  const guarded = (work: () => Promise<void>) => () => void work().catch((err) => giveUp(members, err, log));
  const all = (text: string): void => {
    for (const member of members) write(member, text);
  };
  const listening = listen({
    connectionString,
    log,
    onBack: () => all(again),
    onTold: (text) => {
      const told = readTold(text);
      if (!told) return all(again);
      for (const member of members) gather(member, told);
      gathering ??= setTimeout(guarded(passOn), times.gatherMs);
    },
  });
  const looking = setInterval(
    guarded(() => lookAgain([...members], actorsOf)),
    times.lookMs,
  ).unref();
  const beating = setInterval(() => all(':\n\n'), times.beatMs).unref();
  return {
    count: () => members.size,
    open: async (session, actor) => {
      if (isStopped) throw new Refusal('unavailable');
      refuseTooMany(members, session);
      await listening.ready();
      const member: Member = { session, actor, stream: new PassThrough(), pending: [] };
      member.stream.once('close', () => members.delete(member));
      members.add(member);
      write(member, hello);
      return member.stream;
    },
    stop: async () => {
      isStopped = true;
      clearInterval(looking);
      clearInterval(beating);
      clearTimeout(gathering);
      for (const { stream } of members) stream.end();
      members.clear();
      await listening.stop();
    },
  };
}

function refuseTooMany(members: ReadonlySet<Member>, session: string): void {
  const own = [...members].filter((member) => member.session === session).length;
  if (members.size >= streamsOfProcess || own >= streamsOfSession)
    throw new Refusal('too_many_requests', { seconds: 30 });
}

function gather(member: Member, told: readonly Told[]): void {
  member.pending.push(...told.filter(({ tenant }) => maySee(member.actor, tenant)));
}

/** Ends the streams of sessions that ended or that stand for somebody else now, and takes over what changed of the others. */
async function lookAgain(members: readonly Member[], actorsOf: Parts['actorsOf']): Promise<void> {
  if (members.length === 0) return;
  const actors = await actorsOf([...new Set(members.map(({ session }) => session))]);
  for (const member of members) {
    const actor = actors.get(member.session);
    if (!actor?.rights.has('read_cases') || !isSameDesk(actor, member.actor)) member.stream.end();
    else takeOver(member, actor);
  }
}

/** What was kept from them before belongs to the screen now, and the other way round. */
function takeOver(member: Member, actor: Actor): void {
  const isOther = String(sidsOf(actor)) !== String(sidsOf(member.actor));
  member.actor = actor;
  if (isOther) write(member, again);
}

const isSameDesk = (one: Actor, other: Actor): boolean => one.id === other.id && midOf(one) === midOf(other);

const sidsOf = (actor: Actor) => (actor.kind === 'merchant' ? actor.sids : null);

const midOf = (actor: Actor): string | null => (actor.kind === 'merchant' ? actor.mid : null);

function tell(member: Member): void {
  const told = member.pending.splice(0).filter(({ tenant }) => maySee(member.actor, tenant));
  if (told.length > pendingAtMost) write(member, again);
  else if (told.length > 0) write(member, toMessage(told));
}

/** Who does not read is left: they come again and look at everything. */
function write({ stream }: Member, text: string): void {
  if (stream.writableEnded) return;
  if (stream.readableLength + stream.writableLength > unreadBytes) stream.destroy();
  else stream.write(text);
}

/** Without a word on who may still see what, nobody is told anything: they come again when it can be asked. */
function giveUp(members: ReadonlySet<Member>, err: unknown, log: Logger): void {
  log.warn({ err, streams: members.size }, 'the rights of the open streams could not be looked up: they end');
  for (const { stream } of members) stream.end();
}
