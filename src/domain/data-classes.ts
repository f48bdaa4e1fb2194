import { type Text, text } from './text.ts';

/** What a stored value may tell of a person, and so how it is kept. */
export const dataClasses = {
  none: text('個人情報を含まない', 'Nothing of a person'),
  reference: text(
    '案件・決済・注文の番号(他の記録と合わせて初めて個人につながる)',
    'A number of a case, payment or order: leads to a person only with somebody else\u2019s records',
  ),
  identifier: text('個人を指す番号', 'A number that stands for a person'),
  personal: text('個人情報', 'Personal data'),
  free_text: text('自由記述(個人情報を含み得る)', 'Free text, which may hold anything'),
  staff: text('業務担当者の氏名・連絡先', 'Names and addresses of people at work'),
  secret: text('認証情報', 'A secret, or a hash of one'),
} as const satisfies Record<string, Text>;

export type DataClass = keyof typeof dataClasses;

/** What who may not read personal data sees masked. */
export const maskedClasses: ReadonlySet<DataClass> = new Set(['identifier', 'personal', 'free_text']);

/** Of what depends on a case's personal data: it is shown, masked for who may not read it, or was erased. */
export const personalDataStates = ['shown', 'masked', 'erased'] as const;

export type PersonalDataState = (typeof personalDataStates)[number];
