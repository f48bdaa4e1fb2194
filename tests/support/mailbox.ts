import type { World } from './world.ts';

/** Waits for the mails to an address, as the demo's mailbox shows them, newest first. */
export async function mailsTo({ url }: Pick<World, 'url'>, address: string, count = 1): Promise<string[]> {
  for (let tries = 0; tries < 400; tries += 1) {
    const list = await pageOf(`${url}/demo/mailbox`);
    const ids = list
      .split('<li>')
      .filter((row) => row.includes(`&lt;${address}&gt;`))
      .flatMap((row) => /mailbox\/([0-9a-f-]{36})/.exec(row)?.[1] ?? []);
    if (ids.length >= count) return Promise.all(ids.map((id) => textOf(`${url}/demo/mailbox/${id}`)));
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`fewer than ${count} mails came to ${address}`);
}

/** The secret of the link in a mail. */
export function tokenIn(mail: string): string {
  const [, token] = /#([\w-]{43})/.exec(mail) ?? [];
  if (!token) throw new Error(`no link with a secret in: ${mail}`);
  return token;
}

async function textOf(address: string): Promise<string> {
  const page = await pageOf(address);
  return /<pre[^>]*>([\s\S]*)<\/pre>/.exec(page)?.[1]?.replace(/<[^>]+>/g, '') ?? '';
}

const pageOf = async (address: string): Promise<string> =>
  (await fetch(address, { headers: { accept: 'text/html' } })).text();
