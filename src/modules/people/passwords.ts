import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '#src/domain/refusals.ts';

/** argon2id with 19 MiB, 2 passes, 1 lane: the setting that OWASP and reliability rules agree on. */
const settings = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const atOnce = 2;
/** More than these would wait longer than people do. */
const waitingAtMost = 30;
const waiting: (() => void)[] = [];
let running = 0;
let done = 0;

/** Hashes a password as it was received, never shortened or changed. */
export const hashPassword = (password: string): Promise<string> => oneOfFew(() => hash(password, settings));

/** The form of a hash, made of chance: no password fits it, and finding that out takes as long as for any other. */
const nobodysHash = `$argon2id$v=19$m=${settings.memoryCost},t=${settings.timeCost},p=${settings.parallelism}$${chance(16)}$${chance(32)}`;

function chance(bytes: number): string {
  return randomBytes(bytes).toString('base64').replaceAll('=', '');
}

/** Whether the password is right; takes as long when there is no such user. */
export async function isPassword(
  password: string,
  passwordHash: string | null | undefined,
): Promise<boolean> {
  const fits = await oneOfFew(() => verify(passwordHash ?? nobodysHash, password));
  return fits && typeof passwordHash === 'string';
}

/** Refuses new work while too much waits already; asked before a guess is counted. */
export function refuseWhenBusy(): void {
  if (waiting.length >= waitingAtMost) throw new Refusal('too_busy');
}

/** How many hashes were made in this process; tests count with it. */
export const hashesMade = (): number => done;

/** Lets few hashes run side by side: each takes a core and 19 MiB, and sign-ins must not starve everything else. */
async function oneOfFew<Result>(work: () => Promise<Result>): Promise<Result> {
  refuseWhenBusy();
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    done += 1;
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
