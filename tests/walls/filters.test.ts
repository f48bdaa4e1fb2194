/** The application's own wall stands in one place: elsewhere nobody compares a row's tenant with the actor's. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Where a tenant is read off the actor for something else than to filter, and for what. */
const others: Readonly<Record<string, string>> = {
  'src/modules/audit/list-entries.ts': 'who is limited to some services sees only their own entries',
  'src/modules/keys/find-keys.ts':
    'beyond tenancyOf: keys that may do more than who is limited to some services',
  'src/modules/keys/issue-key.ts': 'whose key is made, and for which services',
  'src/modules/merchants/find-contacts.ts': 'tells the page whether somebody is limited to some services',
  'src/modules/live/live.ts':
    'whether somebody is still at the same desk; what they are told of is filtered by maySee',
  'src/modules/mail/note-visit.ts':
    'for which merchant somebody came by a link; the product itself compares it with the mail',
  'src/modules/saved-filters/own-membership.ts':
    'which of their memberships somebody acts by; filters are one’s own',
  'src/modules/webhooks/add-endpoint.ts': 'whose endpoint is made',
  'src/modules/webhooks/find-endpoints.ts': 'beyond tenancyOf: endpoints that hear of other services too',
  'src/modules/intake/routes.ts': 'whose requests are taken in is told by the key',
};

it('is built by tenancyOf alone, so that taking it away takes all of it away', () => {
  const files = readdirSync('src/modules', { recursive: true, encoding: 'utf8' })
    .map((name) => `src/modules/${name}`)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'));
  const reading = files.filter((path) =>
    /\bactor\.(mid|sids|institutionId)\b/.test(readFileSync(path, 'utf8')),
  );
  const advice = 'filter by tenancyOf, or say in tests/walls/filters.test.ts what it is for: ';
  expect(reading.filter((path) => !others[path]).map((path) => advice + path)).toEqual([]);
});
