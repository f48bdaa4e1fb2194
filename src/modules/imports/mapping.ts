import { z } from 'zod';
import { readValue } from '#src/domain/field-types.ts';
import { halfWidth } from '#src/domain/half-width.ts';
import { isCurrency } from '#src/domain/money.ts';
import {
  type NotificationCode,
  notificationCodes,
  notificationTypes,
} from '#src/domain/notification-types.ts';
import type { Problem } from '#src/domain/problems.ts';
import { readInstant } from '#src/domain/read-instant.ts';
import { CaseRequest } from '#src/modules/intake/index.ts';
import { prose } from '#src/platform/http/prose.ts';
import { readBySchema } from '#src/platform/http/zod-problems.ts';

/** What a column can be, and where it stands in a request. */
export const importFields = {
  institutionReference: '/institutionReference',
  notificationType: '/notificationType',
  mid: '/mid',
  sid: '/sid',
  requestedAt: '/requestedAt',
  dueAt: '/dueAt',
  supplement: '/supplement',
  trackingId: '/payment/trackingId',
  method: '/payment/method',
  amount: '/payment/amount',
  currency: '/payment/amount/currency',
  paidAt: '/payment/paidAt',
  goods: '/payment/goods',
  productName: '/payment/productName',
  customerId: '/payment/customerId',
  orderId: '/payment/orderId',
  cardBrand: '/payment/cardBrand',
  cardLast4: '/payment/cardLast4',
} as const;

export type ImportField = keyof typeof importFields;
export const importFieldNames = Object.keys(importFields) as ImportField[];
const fieldName = z.enum(importFieldNames as [ImportField, ...ImportField[]]);

/** Which column of a file is what, what stands in none of them, and how values are written. */
export const ImportMapping = z
  .strictObject({
    columns: z.partialRecord(fieldName, prose(300)),
    constants: z.partialRecord(fieldName, prose(300)).default({}),
    dateOrder: z.enum(['ymd', 'mdy', 'dmy']).default('ymd'),
    amounts: z
      .enum(['decimal', 'minor'])
      .default('decimal')
      .meta({ description: 'decimal: 12.80 dollars; minor: 1280 cents. The same for yen.' }),
    types: z
      .array(
        z.strictObject({
          from: prose(100),
          to: z.enum(notificationCodes as [NotificationCode, ...NotificationCode[]]),
        }),
      )
      .max(200)
      .default([])
      .meta({
        description: 'The institution\u2019s own reason codes, and the notification type that each means',
      }),
  })
  .meta({ id: 'ImportMapping' });

export type ImportMapping = z.output<typeof ImportMapping>;

/** A row read as a request, and what could not be read, by the field that it belongs to. */
export type ReadLine = { sent: unknown; problems: readonly (Problem & { field: ImportField | null })[] };

type Values = Partial<Record<ImportField, string>>;

/** Reads rows of a file by its header and the mapping of its institution. */
export function rowReader(mapping: ImportMapping, header: readonly string[]) {
  const places = importFieldNames.map((field) => {
    const column = mapping.columns[field];
    return { field, index: column === undefined ? -1 : header.indexOf(column.trim()) };
  });
  const types = new Map(mapping.types.map(({ from, to }) => [halfWidth(from), to]));
  return (cells: readonly string[]): ReadLine => {
    const values: Values = {};
    for (const { field, index } of places) {
      const value = index >= 0 ? cells[index] : mapping.constants[field];
      if (value !== undefined && value.trim() !== '') values[field] = value;
    }
    return readValues(values, mapping, types);
  };
}

function readValues(values: Values, mapping: ImportMapping, types: ReadonlyMap<string, string>): ReadLine {
  const unread: (Problem & { field: ImportField })[] = [];
  const say = (field: ImportField, problem: Omit<Problem, 'pointer'>): void =>
    void unread.push({ pointer: importFields[field], field, ...problem });
  const instant = (field: 'requestedAt' | 'dueAt' | 'paidAt'): string | undefined => {
    const typed = values[field];
    if (typed === undefined) return undefined;
    const read = readInstant(typed, {
      order: mapping.dateOrder,
      timeOfDay: field === 'dueAt' ? 'end' : 'start',
    });
    if (!read) say(field, { code: 'not_an_instant' });
    return read ?? typed;
  };
  const id = (field: ImportField): string | undefined => {
    const value = values[field];
    return value === undefined ? undefined : halfWidth(value);
  };
  const sent = {
    institutionReference: id('institutionReference'),
    notificationType: typeOf(id('notificationType'), types),
    ...serviceOf(id('mid'), id('sid')),
    requestedAt: instant('requestedAt'),
    dueAt: instant('dueAt') ?? null,
    supplement: values.supplement ?? null,
    payment: {
      trackingId: id('trackingId'),
      method: id('method'),
      amount: amountOf(id('amount'), id('currency') ?? 'JPY', mapping, say),
      paidAt: instant('paidAt'),
      goods: id('goods'),
      productName: values.productName ?? null,
      customerId: id('customerId') ?? null,
      orderId: id('orderId') ?? null,
      cardBrand: values.cardBrand ?? null,
      cardLast4: id('cardLast4') ?? null,
    },
  };
  if (unread.length === 0) return { sent, problems: [] };
  // Everything else that is wrong with the line is told as well, so that it is mended at one go.
  const read = readBySchema(CaseRequest, sent);
  const further = 'problems' in read ? read.problems : [];
  const fields = new Set(unread.map(({ field }) => field));
  return {
    sent,
    problems: [...unread, ...further.map(atField).filter(({ field }) => !field || !fields.has(field))],
  };
}

const byLabel = new Map(
  notificationCodes.flatMap((code) => {
    const { ja, en } = notificationTypes[code].label;
    return [[halfWidth(ja), code] as const, [halfWidth(en), code] as const];
  }),
);

const typeOf = (value: string | undefined, types: ReadonlyMap<string, string>): string | undefined =>
  value === undefined ? undefined : (types.get(value) ?? byLabel.get(value) ?? value);

/** MID and SID may stand in one column, as they are shown: `12345-001`. */
function serviceOf(mid: string | undefined, sid: string | undefined) {
  const [, first, second] = (sid === undefined && /^(\d{5})-(\d{3})$/.exec(mid ?? '')) || [];
  return first ? { mid: first, sid: second } : { mid, sid };
}

type Say = (field: ImportField, problem: Omit<Problem, 'pointer'>) => void;

function amountOf(typed: string | undefined, typedCurrency: string, { amounts }: ImportMapping, say: Say) {
  const currency = typedCurrency.toUpperCase();
  if (typed === undefined || !isCurrency(currency)) {
    if (typed === undefined) say('amount', { code: 'missing' });
    if (!isCurrency(currency)) say('currency', { code: 'unknown_currency' });
    return { value: 0, currency };
  }
  if (amounts === 'minor') {
    const isWhole = /^\d{1,13}$/.test(typed);
    if (!isWhole) say('amount', { code: 'not_minor_units' });
    return { value: isWhole ? Number(typed) : 0, currency };
  }
  const read = readValue('amount', typed, { maxLength: 40, options: {}, currency });
  if ('value' in read) return read.value;
  say('amount', read.problem);
  return { value: 0, currency };
}

/** A problem of a request with the field whose column it stands in. */
export function atField(problem: Problem): Problem & { field: ImportField | null } {
  const field =
    importFieldNames.find((name) => importFields[name] === problem.pointer) ??
    (problem.pointer.startsWith('/payment/amount') ? 'amount' : null);
  return { ...problem, field };
}
