import { describe, expect, it } from 'vitest';
import { type Choices, completeAnswer, completeDraftWith } from '#tests/support/complete-answer.ts';
import type { DraftContent } from './answer.ts';
import { type AnswerForm, answerFormFor } from './answer-form.ts';
import type { SectionName } from './answer-sections.ts';
import { type NotificationCode, notificationCodes } from './notification-types.ts';
import { draftProblems, readAnswer } from './read-answer.ts';
import { type Goods, goodsKinds } from './section-shape.ts';

/** The fields that may not be left out where they are asked for, by section; those with `?` are chosen. */
const required: Record<SectionName, string> = {
  purchaser: 'name',
  subscription: 'appliedOn billingPeriod',
  product: 'productName',
  shipping: 'orderedOn deliverTo?',
  delivery: 'name address',
  booker: 'name',
  guests: 'guest? name',
  stay: 'bookedOn checkInOn checkOutOn guestCount',
  contactDesk: 'deskName',
  accountAction: 'action?',
  contactHistory: 'contacted? details',
  claim: 'finding? action',
  pastUsage: 'details',
  refundDecision: 'decision? reason',
  cancellation: 'result? reason cancelledOn',
  supplementReply: 'reply',
  user: 'name',
  deliveryStatus: 'status? shippedOn arrivedOn carrier deliverTo? name address',
  provisionStatus: 'status? providedOn',
  stopResult: 'result? stoppedOn reason',
};

/** The options that are not the first, so that what they ask for is asked too. */
const otherChoices: Choices = {
  'shipping.deliverTo': 'other',
  'guests.guest': 'other',
  'contactHistory.contacted': 'no',
  'cancellation.result': 'refused',
  'deliveryStatus.status': 'delivered',
  'deliveryStatus.deliverTo': 'other',
  'provisionStatus.status': 'provided',
  'stopResult.result': 'refused',
};

const forms = notificationCodes.flatMap((code) =>
  goodsKinds.flatMap((goods) =>
    [true, false].map((productNameKnown) => ({
      code,
      goods,
      productNameKnown,
      form: answerFormFor(code, { goods, productNameKnown, currency: 'JPY' }),
    })),
  ),
);

type Draft = Record<string, Record<string, unknown> | Record<string, unknown>[]>;
const draftFor = (form: AnswerForm, choices: Choices = {}): Draft =>
  structuredClone(completeAnswer(form, choices)) as Draft;

const entriesOf = (draft: Draft): { at: string; section: string; entry: Record<string, unknown> }[] =>
  Object.entries(draft).flatMap(([section, value]) =>
    Array.isArray(value)
      ? value.map((entry, index) => ({ at: `/${section}/${index}`, section, entry }))
      : [{ at: `/${section}`, section, entry: value }],
  );

const told = (form: AnswerForm, draft: DraftContent): string[] =>
  readAnswer(form, draft).problems.map(({ pointer, code }) => `${pointer} ${code}`);

describe.each(forms)('$code of $goods, name known $productNameKnown', ({ form }) => {
  it.each([
    ['the first choices', {}],
    ['other choices', otherChoices],
  ])('accepts a complete answer with %s, as it is', (_, choices) => {
    const complete = completeAnswer(form, choices);

    expect(readAnswer(form, complete)).toEqual({ answer: complete, problems: [], warnings: [] });
  });

  it('reports each required field that is left out, at its place, and no optional one', () => {
    for (const choices of [{}, otherChoices]) {
      for (const { at, section, field, draft } of leavingOutEach(form, choices)) {
        const expected = required[section].split(' ').find((each) => each.replace('?', '') === field);
        const code = expected?.endsWith('?') ? 'choice_required' : 'required';
        expect(told(form, draft)).toEqual(expected ? [`${at}/${field} ${code}`] : []);
      }
    }
  });

  it('reports each section that is left out, by its required fields', () => {
    for (const { name } of form.sections.filter(({ askedWhen }) => !askedWhen)) {
      const draft = draftFor(form);
      delete draft[name];

      const problems = told(form, draft);
      expect(problems).not.toEqual([]);
      expect(problems.every((problem) => problem.startsWith(`/${name}`))).toBe(true);
    }
  });

  it('refuses sections that are not asked for, and names that nobody defined', () => {
    const asked = form.sections.map(({ name }) => name as string);
    for (const name of Object.keys(required).filter((each) => !asked.includes(each))) {
      expect(told(form, { ...draftFor(form), [name]: {} })).toEqual([`/${name} not_asked`]);
    }
    expect(told(form, { ...draftFor(form), 'a/b~c': {} })).toEqual(['/a~1b~0c unknown_field']);
    for (const { at } of entriesOf(draftFor(form))) {
      const draft = draftFor(form);
      Object.assign(entryAt(draft, at), { iban: 'DE02', toString: 'x' });
      expect(told(form, draft)).toEqual([`${at}/iban unknown_field`, `${at}/toString unknown_field`]);
    }
  });
});

function entryAt(draft: Draft, pointer: string): Record<string, unknown> {
  const [, section = '', index] = pointer.split('/');
  const value = draft[section];
  const entry = Array.isArray(value) ? value[Number(index)] : value;
  if (!entry) throw new Error(`nothing at ${pointer}`);
  return entry;
}

type LeftOut = { at: string; section: SectionName; field: string; draft: Draft };

/** The complete answer without its first field, without its second, and so on. */
const leavingOutEach = (form: AnswerForm, choices: Choices): LeftOut[] =>
  entriesOf(draftFor(form, choices)).flatMap(({ at, section, entry }) =>
    Object.keys(entry).map((field) => {
      const draft = draftFor(form, choices);
      delete entryAt(draft, at)[field];
      return { at, section: section as SectionName, field, draft };
    }),
  );

function formOf(code: NotificationCode, goods: Goods): AnswerForm {
  return answerFormFor(code, { goods, productNameKnown: true, currency: 'JPY' });
}

describe('values as they are registered', () => {
  const form = formOf('inquiry.usage_detail', 'digital');

  it('are text as it was typed, without blanks around it', () => {
    const name = '𠮷田 ㈱A① ﾊﾅｺ e\u0301';
    const { answer } = readAnswer(form, completeDraftWith(form, { purchaser: { name: `  ${name}\n` } }));
    expect(answer.purchaser).toMatchObject({ name });
  });

  it('are counted in code points', () => {
    const named = (name: string) => told(form, completeDraftWith(form, { purchaser: { name } }));
    expect(named('𠮷'.repeat(100))).toEqual([]);
    expect(named('𠮷'.repeat(101))).toEqual(['/purchaser/name too_long']);
    expect(
      readAnswer(form, completeDraftWith(form, { purchaser: { name: '𠮷'.repeat(101) } })).problems[0]
        ?.params,
    ).toEqual({ max: 100, length: 101 });
  });

  it.each([
    ['4111 1111 1111 1111', 'card_number'],
    ['山田\u0000', 'not_readable'],
    ['\ud842', 'not_readable'],
    [['山田'], 'not_text'],
    [{ ja: '山田' }, 'not_text'],
    [true, 'not_text'],
    [7, 'not_text'],
  ])('are not %j', (name, code) => {
    expect(told(form, completeDraftWith(form, { purchaser: { name } }))).toEqual([`/purchaser/name ${code}`]);
  });

  it.each([[null], ['text'], [[]], [1]])('are not in a section that is %j', (purchaser) => {
    expect(told(form, completeDraftWith(form, { purchaser }))).toEqual(['/purchaser wrong_form']);
  });

  it('leave out what is empty', () => {
    const draft = completeDraftWith(form, { purchaser: { email: '', phone: null, address: '　' } });
    expect(told(form, draft)).toEqual(['/purchaser/address one_of_required']);
    const reached = completeDraftWith(form, { purchaser: { email: '', phone: null } });
    expect(Object.keys(readAnswer(form, reached).answer.purchaser ?? {})).toEqual(['name', 'address']);
  });
});

describe('a draft', () => {
  const physical = formOf('inquiry.usage_detail', 'physical');
  const cancellation = formOf('cancellation.other', 'subscription');
  const lodging = formOf('inquiry.usage_detail', 'lodging');
  const toldOfDraft = (form: AnswerForm, draft: DraftContent) =>
    draftProblems(form, draft).map(({ pointer, code }) => `${pointer} ${code}`);

  it('may be empty, incomplete and half-typed', () => {
    expect(toldOfDraft(physical, {})).toEqual([]);
    const draft = {
      purchaser: { name: '', email: 'hanako@', phone: '03' },
      shipping: { orderedOn: '2026-', deliverTo: 'somewhere', arrivedOn: '2020-01-01' },
    };
    expect(toldOfDraft(physical, draft)).toEqual([]);
    expect(toldOfDraft(cancellation, { cancellation: { lastAmount: '$1' } })).toEqual([]);
  });

  it('may hold what its choices hide', () => {
    const draft = {
      shipping: { deliverTo: 'purchaser' },
      delivery: { name: '山田 太郎', phone: 'あと' },
    };
    expect(toldOfDraft(physical, draft)).toEqual([]);
  });

  it.each([
    [{ purchaser: { iban: 'x' } }, '/purchaser/iban unknown_field'],
    [{ surprise: {} }, '/surprise unknown_field'],
    [{ booker: {} }, '/booker not_asked'],
    [{ purchaser: [] }, '/purchaser wrong_form'],
    [{ purchaser: { name: {} } }, '/purchaser/name not_text'],
    [{ purchaser: { name: '\u0007' } }, '/purchaser/name not_readable'],
    [{ purchaser: { name: 'x'.repeat(1_000_000) } }, '/purchaser/name too_long'],
    [{ purchaser: { address: '4111-1111-1111-1111' } }, '/purchaser/address card_number'],
    [{ delivery: { iban: 'x' } }, '/delivery/iban unknown_field'],
    [{ delivery: { name: '5555 5555 5555 4444' } }, '/delivery/name card_number'],
  ])('may not hold %j', (draft, problem) => {
    expect(toldOfDraft(physical, draft)).toEqual([problem]);
  });

  it.each([
    [{ value: 980, currency: 'USD' }, 'wrong_currency'],
    [{ value: 980.5, currency: 'JPY' }, 'not_minor_units'],
    [{ value: -1, currency: 'JPY' }, 'not_minor_units'],
    [{ value: 980, currency: 'JPY', tax: 98 }, 'not_minor_units'],
    [980, 'wrong_form'],
    [true, 'not_text'],
  ])('may not hold the amount %j', (lastAmount, code) => {
    expect(toldOfDraft(cancellation, { cancellation: { lastAmount } })).toEqual([
      `/cancellation/lastAmount ${code}`,
    ]);
  });

  it('may hold twenty guests, and no more', () => {
    const guests = (count: number) => ({ guests: Array.from({ length: count }, () => ({})) });
    expect(toldOfDraft(lodging, guests(20))).toEqual([]);
    expect(toldOfDraft(lodging, guests(21))).toEqual(['/guests too_many']);
  });

  it('may not hold names that JavaScript would inherit', () => {
    const draft = JSON.parse('{"__proto__": {"name": "x"}, "constructor": {}}') as DraftContent;
    expect(toldOfDraft(physical, draft).sort()).toEqual([
      '/__proto__ unknown_field',
      '/constructor unknown_field',
    ]);
  });
});
