/** I1b and INV-22 for mails: nobody is written to about others, and no mail says more than that something waits. */
import { expect, it } from 'vitest';
import { startMailWorld } from '#tests/support/mail-world.ts';
import { call } from './call.ts';
import { expectations } from './expectations.ts';
import { makeScene } from './matrix.ts';
import { canaryPattern } from './parties.ts';
import { routesOf } from './routes-of.ts';

const world = startMailWorld({ work: true });

const open = async (path: string): Promise<string> =>
  (await call(world, undefined, { method: 'GET', path, headers: { accept: 'text/html' } })).text;

const mailIds = (list: string): string[] => [...new Set(list.match(/[0-9a-f]{8}-[0-9a-f-]{27}(?=")/g))];

it('has the demo’s own routes where it is a demo, and no others', () => {
  expect(routesOf(world.app)).toEqual(Object.keys(expectations).sort());
});

it('tells each contact of their own merchant’s requests, with no text of a case, and nothing in subjects and links', async () => {
  const { parties } = await makeScene(world);
  await expect
    .poll(async () => mailIds(await open('/demo/mailbox')).length, { timeout: 20_000 })
    .toBeGreaterThanOrEqual(5);
  const list = await open('/demo/mailbox');
  for (const id of mailIds(list)) {
    const [page, body] = [await open(`/demo/mailbox/${id}`), await open(`/demo/mailbox/${id}/html`)];
    const owners = [...`${page}${body}`.matchAll(canaryPattern)].map(([word]) => parties.canaries.get(word));
    // The name and address of whom it is written to, a merchant's, and that merchant's number; nothing of any case.
    const mids = new Set(owners.map((owner) => owner && 'mid' in owner && owner.mid));
    const about = new Set([...page.matchAll(/ご連絡\((\d{5})-\d{3}\)/g)].map(([, mid]) => mid));
    expect([mids.size, mids]).toEqual([1, about]);
    expect(owners.filter((owner) => owner && 'sid' in owner)).toEqual([]);
    for (const [, link = ''] of body.matchAll(/href="([^"]*)"/g)) {
      expect(link).toMatch(/^(http:\/\/127\.0\.0\.1:\d+\/[\w/.?=&;%-]*|mailto:sbps-support@sbpayment\.jp)$/);
      expect(link).not.toMatch(canaryPattern);
    }
  }
  const subjects = [...list.matchAll(/\[[^\]]+\]利用照会・代行解約発生のご連絡\(\d{5}-\d{3}\)/g)];
  expect(subjects.length).toBeGreaterThanOrEqual(mailIds(list).length);
});
