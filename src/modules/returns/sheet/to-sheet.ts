import type { z } from 'zod';
import { openingOf } from '#src/domain/case-life.ts';
import { showInstant } from '#src/domain/days.ts';
import { showMoney } from '#src/domain/money.ts';
import { notificationTypes } from '#src/domain/notification-types.ts';
import type { Locale } from '#src/domain/text.ts';
import type { Case, RegisteredAnswer } from '#src/modules/cases/index.ts';
import type { Sheet, SheetGroup, SheetRow } from './sheet.ts';
import { sheetWords } from './sheet-words.ts';

type Shown = {
  found: z.input<typeof Case>;
  answer: z.input<typeof RegisteredAnswer>;
  /** The language the answer was registered in, and so that of its questions. */
  locale: Locale;
  provider: string;
};

/** An answer as its sheet shows it: with the questions as they were registered, not as today's catalogue has them. */
export function toSheet(shown: Shown): Sheet {
  const { found, answer, locale, provider } = shown;
  const words = sheetWords[locale];
  const { label } = notificationTypes[found.notificationType];
  return {
    locale,
    provider,
    title: words.title,
    lead: [label[locale], ...(found.personalData === 'masked' ? [words.masked] : [])].join('\n'),
    reference: `${found.id}  ${words.versionOf(answer.version)}`,
    groups: [
      factsOf(shown),
      ...questionOf(shown),
      paymentOf(shown),
      ...answersOf(shown),
      registrationOf(shown),
    ],
    missingNote: words.missingNote,
    at: new Date(answer.registeredAt),
  };
}

function factsOf({ found, answer, locale }: Shown): SheetGroup {
  const words = sheetWords[locale];
  return group(words.facts, locale, [
    [words.caseNumber, found.id],
    [words.institution, found.institutionName],
    [words.reference, found.institutionReference],
    [words.merchant, found.merchantName],
    [words.service, `${found.serviceName} (${found.mid}-${found.sid})`],
    [words.type, notificationTypes[found.notificationType].label[locale]],
    [words.requestedAt, showInstant(new Date(found.requestedAt), locale)],
    [words.dueAt, showInstant(new Date(dueOf(found, answer.version)), locale)],
    [words.supplement, found.supplement],
  ]);
}

/** The due instant a version was registered by: that of the case may have changed since, its sheet does not. */
const dueOf = ({ events, dueAt }: Shown['found'], version: number): string =>
  events.filter(({ action }) => action === 'register_answer')[version - 1]?.dueAt ?? dueAt;

/** What was asked further and this version answers. */
function questionOf({ found, answer, locale }: Shown): SheetGroup[] {
  const words = sheetWords[locale];
  const opened = openingOf(found.events, answer.version);
  if (opened?.action !== 'ask_again') return [];
  return [
    group(words.followUp, locale, [
      [words.askedAt, showInstant(new Date(opened.at), locale)],
      [words.question, opened.reason],
    ]),
  ];
}

function paymentOf({ found: { payment }, locale }: Shown): SheetGroup {
  const words = sheetWords[locale];
  const { cardBrand, cardLast4 } = payment;
  return group(words.payment, locale, [
    [words.method, words.methods[payment.method]],
    [words.trackingId, payment.trackingId],
    [words.amount, showMoney(payment.amount, locale)],
    [words.customerId, payment.customerId],
    [words.orderId, payment.orderId],
    [words.paidAt, showInstant(new Date(payment.paidAt), locale)],
    [words.productName, payment.productName],
    ...(cardLast4 ? [[words.card, words.cardDigits(cardBrand ?? '', cardLast4)] as const] : []),
  ]);
}

const answersOf = ({ answer, locale }: Shown): SheetGroup[] =>
  answer.document.map(({ title, entries }) => ({
    heading: title,
    blocks: entries.map((entry) => ({
      title: entry.title,
      rows: entry.fields.map(({ label, shown }) => ({
        label,
        text: shown,
        empty: sheetWords[locale].notEntered,
      })),
    })),
  }));

function registrationOf({ found, answer, locale }: Shown): SheetGroup {
  const words = sheetWords[locale];
  const { version, late, sha256, registeredAt, registeredBy } = answer;
  const follows =
    openingOf(found.events, version)?.action === 'ask_again' ? words.answersFurther : words.corrects;
  return group(words.registration, locale, [
    [words.version, version > 1 ? follows(version) : words.versionOf(version)],
    [words.registeredAt, showInstant(new Date(registeredAt), locale)],
    [words.registeredBy, registeredBy ?? words.ofMerchant],
    [words.timing, late ? words.late : words.inTime],
    [words.sha256, sha256],
  ]);
}

function group(
  heading: string,
  locale: Locale,
  rows: readonly (readonly [label: string, text: string | null])[],
): SheetGroup {
  const empty = sheetWords[locale].none;
  const all: SheetRow[] = rows.map(([label, text]) => ({ label, text, empty }));
  return { heading, blocks: [{ title: null, rows: all }] };
}
