import { hash, verify } from '@node-rs/argon2';

/** argon2id with 19 MiB, 2 passes, 1 lane: the setting that OWASP and reliability rules agree on. */
const settings = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const maxAtOnce = 2;
const waiting: (() => void)[] = [];
let running = 0;

/** Hashes a password as it was received, never shortened or changed. */
export const hashPassword = (password: string): Promise<string> => oneOfFew(() => hash(password, settings));

/** A hash that no password fits, for user ids that do not exist, so that they take as long as those that do. */
let nobodysHash: Promise<string> | undefined;

/** Whether the password is right; takes as long when there is no such user. */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  nobodysHash ??= hashPassword(`${Math.random()}${Date.now()}`);
  const known = passwordHash ?? (await nobodysHash);
  const fits = await oneOfFew(() => verify(known, password));
  return fits && passwordHash !== undefined;
}

/** Lets few hashes run side by side: each takes a core and 19 MiB, and sign-ins must not starve everything else. */
async function oneOfFew<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= maxAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
