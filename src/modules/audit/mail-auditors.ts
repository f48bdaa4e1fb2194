import { sql } from 'kysely';
import { fill, type Locale, text } from '#src/domain/text.ts';
import { type Letter, type MailParts, type Sender, writeMail } from '#src/modules/mail/index.ts';
import type { Tx } from '#src/platform/transaction.ts';
import type { Anchored } from './anchor-trail.ts';

/** Mails an anchor to every auditor among the operators who has an address; returns how many. */
export async function mailAuditors(
  tx: Tx,
  anchored: Anchored,
  { findings, ...how }: MailParts & { findings: number },
): Promise<number> {
  const auditors = await tx
    .selectFrom('users')
    .innerJoin('memberships', 'memberships.user_id', 'users.id')
    .select(['users.name', 'users.email', 'users.locale'])
    .where('memberships.mid', 'is', null)
    .where(sql<boolean>`'auditor' = any (memberships.roles)`)
    .where('memberships.disabled_at', 'is', null)
    .where('users.disabled_at', 'is', null)
    .where('users.email', 'is not', null)
    .execute();
  for (const { name, email, locale } of auditors) {
    const letter = anchorLetter(anchored, { name, findings, locale, sender: how.sender });
    await writeMail(tx, { to: { name, address: email ?? '' }, letter, about: null, ...how });
  }
  return auditors.length;
}

type About = { name: string; findings: number; locale: Locale; sender: Sender };

/** The mail says what was signed, and holds the signed line itself: kept, it is an anchor outside of our reach. */
function anchorLetter({ anchor, line }: Anchored, { name, findings, locale, sender }: About): Letter {
  const say = (words: Record<Locale, string>): string => fill(words[locale], { ...sender, findings });
  const isIntact = findings === 0;
  return {
    locale,
    subject: `[${sender.providerName}]${say(isIntact ? subject : alarm)}`,
    addressee: [fill(addressee[locale], { name: name.replace(/[\p{Cc}\p{Cf}]+/gu, ' ') })],
    paragraphs: [say(isIntact ? intact : broken), say(keep)],
    facts: [
      { label: sequenceLabel[locale], value: String(anchor.sequence) },
      { label: entriesLabel[locale], value: String(anchor.entries) },
      { label: atLabel[locale], value: anchor.at },
      { label: hashLabel[locale], value: anchor.hash },
      { label: lineLabel[locale], value: line },
    ],
    link: { label: linkLabel[locale], url: `${sender.baseUrl}/settings/audit` },
    notes: [say(support)],
  };
}

const subject = text('監査証跡のアンカー', 'Anchor of the audit trail');
const alarm = text('【至急】監査証跡に異常があります', 'URGENT: the audit trail does not fit');
const addressee = text('{name} 様', 'Dear {name},');
const intact = text(
  '前回のアンカー以降に追加された監査証跡を検証し、異常がないことを確認しました。',
  'What was added to the audit trail since the anchor before was verified, and it is intact.',
);
const broken = text(
  '監査証跡の検証で、記録と一致しない箇所が{findings}件見つかりました。システム管理者に至急ご連絡のうえ、npm run audit:verify の結果をご確認ください。',
  'The verification of the audit trail found {findings} places that do not fit. Tell your system administrator at once, and see what npm run audit:verify tells.',
);
const keep = text(
  'このメールは、後日、監査証跡の改ざんの有無を確認するために必要です。削除せずに保管してください。',
  'This mail will be needed to prove that nobody changed the audit trail. Please keep it.',
);
const sequenceLabel = text('連番', 'Number');
const entriesLabel = text('前回からの件数', 'Entries since the anchor before');
const atLabel = text('記録日時(UTC)', 'Time of the entry (UTC)');
const hashLabel = text('ハッシュ', 'Hash');
const lineLabel = text('署名', 'Signed line');
const linkLabel = text('監査証跡の画面', 'Audit trail');
const support = text(
  'お問い合わせ先：{supportMail}。本メールは自動で送信しています。',
  'Questions: {supportMail}. This mail is sent automatically.',
);
