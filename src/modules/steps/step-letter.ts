import { fill, type Locale, text } from '#src/domain/text.ts';
import {
  addresseeOf,
  instantIn,
  type Letter,
  notesOf,
  oneLine,
  type Sender,
} from '#src/modules/mail/index.ts';
import { type ToldStep, toldSteps } from './told-steps.ts';

type Told = {
  step: ToldStep;
  mid: string;
  sid: string;
  merchantName: string;
  serviceName: string;
  cases: readonly { caseId: string; dueAt: Date | null }[];
};

type To = { name: string; locale: Locale; sender: Sender };

/** So many cases stand in the mail; the list behind its link has all. */
export const mostRows = 50;

/** The mail of a step. It names the cases and says nothing of what they are about; reasons are read after logging in. */
export function stepLetter(told: Told, { name, locale, sender }: To): Letter {
  const { subject, body, to } = toldSteps[told.step];
  const { mid, sid, cases } = told;
  const [only, another] = cases;
  const isOne = only !== undefined && another === undefined;
  return {
    locale,
    subject: `[${sender.providerName}]${subject[locale]}(${mid}-${sid})`,
    addressee: [...(to === 'contacts' ? [oneLine(told.merchantName)] : []), addresseeOf(name, locale)],
    paragraphs: [...(to === 'contacts' ? [fill(greeting[locale], { ...sender })] : []), body[locale]],
    facts: [
      { label: 'MID-SID', value: `${mid}-${sid} ${oneLine(told.serviceName)}` },
      ...(isOne ? factsOf(only, locale) : [countOf(cases.length, locale)]),
    ],
    ...(!isOne && { table: tableOf(cases, locale) }),
    link: isOne
      ? { label: login[locale], url: `${sender.baseUrl}/cases/${only.caseId}` }
      : { label: list[locale], url: listOf(told, sender) },
    notes: notesOf(sender, locale),
  };
}

type ToldCase = Told['cases'][number];

const factsOf = ({ caseId, dueAt }: ToldCase, locale: Locale): Letter['facts'] => [
  { label: caseLabel[locale], value: caseId },
  ...(dueAt ? [{ label: dueLabel[locale], value: instantIn(dueAt, locale) }] : []),
];

const countOf = (count: number, locale: Locale) => ({
  label: countLabel[locale],
  value: fill(counted[locale], { count }),
});

function tableOf(cases: Told['cases'], locale: Locale): NonNullable<Letter['table']> {
  const hasDue = cases.some(({ dueAt }) => dueAt !== null);
  const shown = cases.slice(0, mostRows);
  return {
    headings: [caseLabel[locale], ...(hasDue ? [dueLabel[locale]] : [])],
    rows: shown.map(({ caseId, dueAt }) => [
      caseId,
      ...(hasDue ? [dueAt ? instantIn(dueAt, locale) : ''] : []),
    ]),
    ...(shown.length < cases.length && { note: fill(more[locale], { count: cases.length - shown.length }) }),
  };
}

const listOf = ({ mid, sid, step }: Told, { baseUrl }: Sender): string =>
  `${baseUrl}/cases?${new URLSearchParams({ mid, sid, ...toldSteps[step].list })}`;

const greeting = text(
  '平素より{providerName}をご利用いただき、誠にありがとうございます。',
  'Thank you for using {providerName}.',
);
const caseLabel = text('依頼管理番号', 'Case number');
const dueLabel = text('回答期限', 'Answer due');
const countLabel = text('件数', 'Requests');
const counted = text('{count}件', '{count}');
const more = text('ほか{count}件は、一覧でご確認ください。', 'And {count} more, see the list.');
const login = text('ログイン画面', 'Log in');
const list = text('依頼の一覧を開く', 'Open the list of cases');
