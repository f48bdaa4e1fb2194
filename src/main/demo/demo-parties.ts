import { categoryCodes } from '#src/domain/categories.ts';
import { addApiKey } from '#src/modules/keys/index.ts';
import { createContact, createInstitution, createMerchant } from '#src/modules/merchants/index.ts';
import { createUser, type NewUser } from '#src/modules/people/index.ts';
import type { Tx } from '#src/platform/transaction.ts';

export const demoInstitution = 'JCB-DEMO';

type DemoUser = NewUser & { who: string };

/** The demo's people; their passwords are printed at every start. */
export const demoUsers: readonly DemoUser[] = [
  {
    ...login('hanako', '山田 花子', 'midori-shobo'),
    mid: '12345',
    roles: ['admin', 'responder'],
    who: 'merchant 12345, admin and responder',
  },
  {
    ...login('taro', '鈴木 太郎', 'midori-shobo'),
    mid: '12345',
    roles: ['responder'],
    sids: ['002'],
    who: 'merchant 12345, responder, service 002 only',
  },
  {
    ...login('yuki', '高橋 雪', 'midori-shobo'),
    mid: '12345',
    roles: ['viewer'],
    who: 'merchant 12345, viewer',
  },
  {
    ...login('kenji', '伊藤 健二', 'shiosai'),
    mid: '67890',
    roles: ['admin', 'responder'],
    sids: ['001'],
    who: 'merchant 67890 (lodging and subscriptions), admin and responder',
  },
  { ...login('sato', '佐藤 一', 'psp'), mid: null, roles: ['admin'], who: 'PSP operator, admin' },
  { ...login('mori', '森 二葉', 'psp'), mid: null, roles: ['agent'], who: 'PSP operator, agent' },
  { ...login('ito', '伊東 三郎', 'psp'), mid: null, roles: ['auditor'], who: 'PSP operator, auditor' },
];

function login(loginId: string, name: string, company: string) {
  const email = `${loginId}@${company}.example.jp`;
  return { loginId, name, email, password: `shokai-demo-${loginId}` };
}

export const demoKeys = [
  { owner: `institution ${demoInstitution}`, key: 'demo-institution-key-0123456789abcdef' },
  { owner: 'merchant 12345', key: 'demo-merchant-key-0123456789abcdef' },
] as const;

/** Adds the demo's institution, merchants, contacts, users and keys; returns the users' ids by login id. */
export async function createDemoParties(tx: Tx): Promise<Map<string, string>> {
  await createInstitution(tx, {
    id: demoInstitution,
    name: 'JCBカード(デモ)',
    dueRule: { days: 7, of: 'business_days' },
  });
  await createMerchant(tx, {
    mid: '12345',
    name: '株式会社みどり書房',
    services: [
      { sid: '001', name: 'みどり書房オンラインストア' },
      { sid: '002', name: 'みどり読み放題・聴き放題' },
    ],
  });
  await createMerchant(tx, {
    mid: '67890',
    name: '株式会社潮騒',
    services: [{ sid: '001', name: 'ホテル潮騒' }],
  });
  await createDemoContacts(tx);
  const [institution, merchant] = demoKeys;
  await addApiKey(tx, {
    key: institution.key,
    name: 'JCB-DEMO system',
    owner: { kind: 'institution', institutionId: demoInstitution },
    rights: ['read_cases', 'take_in_cases', 'withdraw_cases'],
  });
  await addApiKey(tx, {
    key: merchant.key,
    name: '12345 system',
    owner: { kind: 'merchant', mid: '12345' },
    rights: ['read_cases', 'answer_cases'],
  });
  const ids = await Promise.all(
    demoUsers.map(async (each) => [each.loginId, await createUser(tx, each)] as const),
  );
  return new Map(ids);
}

async function createDemoContacts(tx: Tx): Promise<void> {
  const contacts = [
    { mid: '12345', sid: null, name: '山田 花子', email: 'hanako@midori-shobo.example.jp' },
    { mid: '12345', sid: '002', name: '鈴木 太郎', email: 'taro@midori-shobo.example.jp' },
    { mid: '67890', sid: '001', name: '伊藤 健二', email: 'kenji@shiosai.example.jp' },
  ];
  for (const contact of contacts)
    for (const category of categoryCodes) await createContact(tx, { ...contact, category });
}
