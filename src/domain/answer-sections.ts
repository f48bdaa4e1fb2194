import { fraudNoticeSections } from './fraud-notice-sections.ts';
import {
  address,
  day,
  email,
  type Field,
  name,
  phone,
  reachable,
  required,
  type Section,
} from './section-shape.ts';
import { text } from './text.ts';

const ofTheShop = (field: Field): Field => ({ ...field, holds: 'none' });

const shop = ['physical', 'digital', 'subscription'] as const;

/** What every inquiry and complaint asks for (取引情報), by what was paid for. */
const transactionSections = {
  purchaser: {
    title: text('ご購入者情報', 'Purchaser'),
    askedFor: { goods: shop },
    fields: { name, address, email, phone },
    rules: [{ rule: 'one_of', fields: reachable }],
  },
  subscription: {
    title: text('継続購入契約状況', 'Subscription contract'),
    askedFor: { goods: ['subscription'] },
    fields: {
      appliedOn: required(day('申込日', 'Applied on')),
      billingPeriod: {
        label: text('課金期間', 'Billing period'),
        type: 'text',
        holds: 'free_text',
        required: true,
        maxLength: 100,
        why: text('例:毎月1日に1か月分、年1回', 'For example: monthly on the 1st, once a year'),
      },
    },
  },
  product: {
    title: text('詳細商品名', 'Detailed product name'),
    askedFor: { goods: shop, productNameKnown: false },
    fields: {
      productName: {
        label: text('詳細商品名', 'Detailed product name'),
        type: 'long_text',
        holds: 'free_text',
        required: true,
        maxLength: 500,
        why: text(
          '詳細商品名をシステム連携いただいていないため、お伺いしています。',
          'Asked because your system did not send a detailed product name with the payment.',
        ),
      },
    },
  },
  shipping: {
    title: text('商品発送状況', 'Shipping'),
    askedFor: { goods: ['physical'] },
    fields: {
      orderedOn: required(day('注文日', 'Ordered on')),
      shippedOn: {
        ...day('発送日', 'Shipped on'),
        why: text('未発送の場合は空欄のままとしてください。', 'Leave empty when not shipped yet.'),
      },
      arrivedOn: {
        ...day('到着日', 'Arrived on'),
        why: text(
          '未着または不明の場合は空欄のままとしてください。',
          'Leave empty when not arrived or not known.',
        ),
      },
      deliverTo: {
        label: text('配送先', 'Deliver to'),
        type: 'choice',
        holds: 'none',
        required: true,
        options: {
          purchaser: text('ご購入者住所と同じ', "Same as the purchaser's address"),
          other: text('ご購入者住所と異なる', "Differs from the purchaser's address"),
        },
      },
    },
    rules: [
      { rule: 'order', earlier: 'orderedOn', later: 'shippedOn' },
      { rule: 'order', earlier: 'shippedOn', later: 'arrivedOn' },
      { rule: 'order', earlier: 'orderedOn', later: 'arrivedOn' },
    ],
  },
  delivery: {
    title: text('配送先', 'Delivery address'),
    note: text('ご購入者住所と異なる配送先の場合', 'When it differs from the purchaser\u2019s address'),
    askedFor: { goods: ['physical'] },
    askedWhen: { field: 'shipping.deliverTo', is: ['other'] },
    fields: { name, address: required(address), phone },
  },
  booker: {
    title: text('予約者情報', 'Booker'),
    askedFor: { goods: ['lodging'] },
    fields: { name, address, phone, email },
    rules: [{ rule: 'one_of', fields: reachable }],
  },
  guests: {
    title: text('宿泊者情報', 'Guests'),
    askedFor: { goods: ['lodging'] },
    repeats: { max: 20, item: text('宿泊者', 'Guest'), within: 'stay.guestCount' },
    fields: {
      guest: {
        label: text('宿泊者', 'Guest'),
        type: 'choice',
        holds: 'none',
        required: true,
        options: {
          booker: text('予約者と同じ', 'Same as the booker'),
          other: text('予約者と異なる', 'Not the booker'),
        },
      },
      name: { ...name, askedWhen: { field: 'guest', is: ['other'] } },
      address: { ...address, askedWhen: { field: 'guest', is: ['other'] } },
      phone: { ...phone, askedWhen: { field: 'guest', is: ['other'] } },
      email: { ...email, askedWhen: { field: 'guest', is: ['other'] } },
    },
  },
  stay: {
    title: text('宿泊情報', 'Stay'),
    askedFor: { goods: ['lodging'] },
    fields: {
      bookedOn: required(day('予約日', 'Booked on')),
      checkInOn: required(day('チェックイン日', 'Check-in')),
      checkOutOn: required(day('チェックアウト日', 'Check-out')),
      guestCount: {
        label: text('宿泊人数', 'Number of guests'),
        type: 'count',
        holds: 'none',
        required: true,
      },
    },
    rules: [
      { rule: 'order', earlier: 'bookedOn', later: 'checkInOn' },
      { rule: 'order', earlier: 'checkInOn', later: 'checkOutOn', strictly: true },
    ],
  },
  contactDesk: {
    title: text('お客様向け問合せ窓口', 'Contact desk for customers'),
    fields: {
      deskName: {
        label: text('窓口名', 'Name of the desk'),
        type: 'text',
        holds: 'none',
        required: true,
        maxLength: 100,
      },
      phone: ofTheShop(phone),
      email: ofTheShop(email),
      url: { label: text('URL', 'URL'), type: 'url', holds: 'none' },
      hours: { label: text('受付時間', 'Hours'), type: 'text', holds: 'none', maxLength: 200 },
    },
  },
} as const satisfies Record<string, Section>;

const yes = { field: 'contacted', is: ['yes'] } as const;
const cancelled = { field: 'result', is: ['cancelled_now', 'already_cancelled'] } as const;
const notCancelled = {
  field: 'result',
  is: ['no_such_contract', 'contract_differs', 'bound_by_term', 'refused'],
} as const;

/** What single notification types ask for beyond the sections of their kind. */
const typeSections = {
  accountAction: {
    title: text('アカウントへの対応', 'What was done about the account'),
    fields: {
      action: {
        label: text('アカウントへの対応', 'What was done about the account'),
        type: 'choice',
        holds: 'none',
        required: true,
        options: {
          suspended: text('利用停止した', 'Suspended'),
          restricted: text('一部の利用を制限した', 'Partly restricted'),
          watched: text('停止せず監視を継続している', 'Not suspended, but watched'),
          nothing_suspicious: text('不審な点がなく、対応していない', 'Nothing suspicious, nothing done'),
        },
      },
      details: {
        label: text('登録情報の確認結果・対応の詳細', 'What was found and done'),
        type: 'long_text',
        holds: 'free_text',
      },
    },
  },
  contactHistory: {
    title: text('エンドユーザーからの問い合わせ履歴', 'Contact history with the end user'),
    fields: {
      contacted: {
        label: text('問い合わせの有無', 'Was there any contact?'),
        type: 'choice',
        holds: 'none',
        required: true,
        options: { yes: text('あり', 'Yes'), no: text('なし', 'No') },
      },
      details: {
        label: text('問い合わせの日時・内容', 'When and what'),
        type: 'long_text',
        holds: 'free_text',
        required: true,
        askedWhen: yes,
      },
      action: { label: text('ご対応内容', 'What was done'), type: 'long_text', holds: 'free_text' },
    },
  },
  claim: {
    title: text('お申し出事実の確認', 'Check of the claim'),
    fields: {
      finding: {
        label: text('お申し出は事実でしたか', 'Is the claim a fact?'),
        type: 'choice',
        holds: 'none',
        required: true,
        options: {
          fact: text('事実である', 'It is a fact'),
          not_fact: text('事実ではない', 'It is not a fact'),
          unclear: text('確認できない', 'It cannot be told'),
        },
      },
      action: {
        label: text('ご対応内容', 'What was done'),
        type: 'long_text',
        holds: 'free_text',
        required: true,
      },
    },
  },
  pastUsage: {
    title: text('過去の利用実績など', 'Past usage'),
    note: text(
      '本人特定に有効な情報をご回答ください',
      'Please answer with what helps to identify the holder',
    ),
    fields: {
      details: {
        label: text(
          '過去の利用実績など、本人特定に有効な情報',
          'Past usage and what else identifies the holder',
        ),
        type: 'long_text',
        holds: 'free_text',
        required: true,
        why: text(
          '例:登録日、過去の購入履歴、ログイン履歴。ない場合は「なし」とご入力ください。',
          'For example: registration date, past purchases, sign-ins. Write "none" if there is nothing.',
        ),
      },
    },
  },
  refundDecision: {
    title: text('キャンセル、解約のご対応可否', 'Whether you can cancel or refund'),
    fields: {
      decision: {
        label: text('キャンセル、解約のご対応可否', 'Can you cancel or refund?'),
        type: 'choice',
        holds: 'none',
        required: true,
        options: {
          possible: text('対応可', 'Yes'),
          partly: text('一部対応可', 'In part'),
          not_possible: text('対応不可', 'No'),
        },
      },
      reason: { label: text('理由', 'Reason'), type: 'long_text', holds: 'free_text', required: true },
    },
  },
  cancellation: {
    title: text('解約処理の結果', 'Result of the cancellation'),
    fields: {
      result: {
        label: text('解約処理の結果', 'Result'),
        type: 'choice',
        holds: 'none',
        required: true,
        options: {
          cancelled_now: text('解約済み', 'Cancelled now'),
          already_cancelled: text('以前に解約済み', 'Had been cancelled before'),
          no_such_contract: text('解約できない(該当する契約がない)', 'Not cancelled: no such contract'),
          contract_differs: text(
            '解約できない(契約が依頼内容と異なる)',
            'Not cancelled: the contract differs from the request',
          ),
          bound_by_term: text('解約できない(契約期間の定めがある)', 'Not cancelled: bound by a term'),
          refused: text('解約できない(その他)', 'Not cancelled: refused'),
        },
      },
      reason: {
        label: text('解約できない理由', 'Why it was not cancelled'),
        type: 'long_text',
        holds: 'free_text',
        required: true,
        askedWhen: notCancelled,
      },
      cancelledOn: { ...required(day('解約日', 'Cancelled on')), askedWhen: cancelled },
      lastChargedOn: { ...day('最終課金日', 'Last charged on'), askedWhen: cancelled },
      lastAmount: {
        label: text('最終金額', 'Last amount'),
        type: 'amount',
        holds: 'none',
        askedWhen: cancelled,
      },
    },
    rules: [
      {
        rule: 'warn_order',
        earlier: 'lastChargedOn',
        later: 'cancelledOn',
        warning: 'charged_after_cancellation',
      },
      {
        rule: 'warn_empty',
        fields: ['lastChargedOn', 'lastAmount'],
        when: cancelled,
        warning: 'never_charged',
      },
    ],
  },
  supplementReply: {
    title: text('「加盟店様への依頼補足事項」へのご回答', 'Answer to the supplement to the merchant'),
    fields: {
      reply: {
        label: text('ご回答内容', 'Your answer'),
        type: 'long_text',
        holds: 'free_text',
        required: true,
        maxLength: 4000,
      },
    },
  },
} as const satisfies Record<string, Section>;

/**
 * The parts an answer is made of (ご開示いただきたい内容). Form, check page, JSON Schema, labels and tests are all made from
 * this. Names of sections, fields and choices are stored in answers, so they never change.
 */
export const answerSections = { ...transactionSections, ...fraudNoticeSections, ...typeSections };

export type SectionName = keyof typeof answerSections;

/** The row of a section. Asking through here gives every section the same shape, whatever its row leaves out. */
export const sectionOf = (section: SectionName): Section => answerSections[section];
