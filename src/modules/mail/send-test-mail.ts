import { fill, text } from '#src/domain/text.ts';
import { findContact, type TestedContact, unmarkContact } from '#src/modules/merchants/index.ts';
import type { Actor } from '#src/platform/actor.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { addresseeOf, type Letter, notesOf, type Sender } from './letter.ts';
import { type MailParts, writeMail } from './write-mail.ts';

export const testQueue = 'send-test-mail';

/** Has a contact sent a mail that says it is a test. Who was unreachable counts as reachable, until a mail comes back. */
export async function askForTestMail(
  tx: Tx,
  actor: Actor,
  { contactId }: { contactId: string },
): Promise<undefined> {
  const contact = await unmarkContact(tx, actor, contactId);
  // Written by the product itself: merchants see no mails.
  await tx.enqueue(testQueue, [{ data: { contactId } }]);
  tx.record('contact.test', [contactId], { mid: contact.mid });
}

/** Writes the mail of it, to the address as it is by now; nothing when the contact is gone. */
export async function writeTestMail(tx: Tx, contactId: string, how: MailParts): Promise<void> {
  const contact = await findContact(tx, contactId);
  if (!contact) return;
  await writeMail(tx, {
    to: { name: contact.name, address: contact.email, contactId },
    letter: testLetter(contact, how.sender),
    about: { mid: contact.mid, sid: contact.sid, caseIds: [] },
    ...how,
  });
}

function testLetter({ mid, sid, name, locale }: TestedContact, sender: Sender): Letter {
  const service = sid === null ? mid : `${mid}-${sid}`;
  return {
    locale,
    subject: `[${sender.providerName}]${subject[locale]}(${service})`,
    addressee: [addresseeOf(name, locale)],
    paragraphs: [fill(what[locale], { ...sender }), next[locale]],
    facts: [{ label: serviceLabel[locale], value: service }],
    link: { label: look[locale], url: `${sender.baseUrl}/settings/contacts` },
    notes: notesOf(sender, locale),
  };
}

const subject = text('テストメール', 'Test mail');
const what = text(
  'これは、{providerName}からの依頼のお知らせが届くことを確認するためのテストメールです。',
  'This is a test: it shows that notices of requests from {providerName} arrive.',
);
const next = text('このメールへの対応は必要ありません。', 'There is nothing to do.');
const serviceLabel = text('サービス', 'Service');
const look = text('連絡先の画面を開く', 'Open the page of contacts');
