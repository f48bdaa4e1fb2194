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

const sent = { field: 'status', is: ['in_transit', 'delivered', 'returned'] } as const;
const toOther = { field: 'deliverTo', is: ['other'] } as const;
const provided = { field: 'status', is: ['provided', 'running'] } as const;
const notStopped = { field: 'result', is: ['too_late', 'refused'] } as const;

const accessAddress: Field = {
  label: text('ご注文時の接続元IPアドレス', 'IP address at the order'),
  type: 'text',
  holds: 'personal',
  maxLength: 100,
};

/** What every fraud notice asks for: who used the payment, what was delivered, and whether that could still be stopped. */
export const fraudNoticeSections = {
  user: {
    title: text('利用者情報', 'User'),
    note: text('ご注文時またはご登録の情報', 'As given with the order or at registration'),
    fields: {
      name,
      address,
      email,
      phone,
      registeredOn: day('会員登録日', 'Registered on'),
      accessAddress,
    },
    rules: [{ rule: 'one_of', fields: reachable }],
  },
  deliveryStatus: {
    title: text('配送状況', 'Delivery'),
    askedFor: { goods: ['physical'] },
    fields: {
      status: {
        label: text('配送状況', 'Status of the delivery'),
        type: 'choice',
        holds: 'none',
        required: true,
        options: {
          not_shipped: text('未発送', 'Not sent yet'),
          in_transit: text('配送中', 'On its way'),
          delivered: text('配達済み', 'Delivered'),
          returned: text('返送済み・返送中', 'Returned or on its way back'),
        },
      },
      shippedOn: { ...required(day('発送日', 'Sent on')), askedWhen: sent },
      arrivedOn: {
        ...required(day('配達日', 'Delivered on')),
        askedWhen: { field: 'status', is: ['delivered'] },
      },
      carrier: {
        label: text('配送会社', 'Carrier'),
        type: 'text',
        holds: 'none',
        required: true,
        maxLength: 100,
        askedWhen: sent,
      },
      slipNumber: {
        label: text('送り状番号', 'Number of the consignment'),
        type: 'text',
        holds: 'personal',
        maxLength: 50,
        askedWhen: sent,
      },
      deliverTo: {
        label: text('お届け先', 'Deliver to'),
        type: 'choice',
        holds: 'none',
        required: true,
        options: {
          user: text('利用者の住所と同じ', "Same as the user's address"),
          other: text('利用者の住所と異なる', "Differs from the user's address"),
        },
      },
      name: { ...name, label: text('お届け先の氏名', 'Name of the receiver'), askedWhen: toOther },
      address: {
        ...required(address),
        label: text('お届け先の住所', 'Address of the receiver'),
        askedWhen: toOther,
      },
      phone: { ...phone, label: text('お届け先の電話番号', 'Phone of the receiver'), askedWhen: toOther },
    },
    rules: [{ rule: 'order', earlier: 'shippedOn', later: 'arrivedOn' }],
  },
  provisionStatus: {
    title: text('提供状況', 'Service'),
    askedFor: { goods: ['digital', 'subscription', 'lodging'] },
    fields: {
      status: {
        label: text('提供状況', 'Status of the service'),
        type: 'choice',
        holds: 'none',
        required: true,
        options: {
          not_provided: text('未提供(ご利用前・ご宿泊前)', 'Not provided yet'),
          running: text('提供中', 'Being provided'),
          provided: text('提供済み', 'Provided'),
        },
      },
      providedOn: { ...required(day('提供開始日', 'Provided from')), askedWhen: provided },
      details: {
        label: text('ご利用の内容', 'What was used'),
        type: 'long_text',
        holds: 'free_text',
        askedWhen: provided,
      },
    },
  },
  stopResult: {
    title: text('配送・提供停止の可否', 'Whether it was stopped'),
    fields: {
      result: {
        label: text('配送・提供を停止できますか', 'Can delivery or service still be stopped?'),
        type: 'choice',
        holds: 'none',
        required: true,
        options: {
          stopped: text('停止した', 'It was stopped'),
          stopping: text('停止できる(手配中)', 'It can be stopped; under way'),
          too_late: text('停止できない(配送・提供済み)', 'It cannot: already delivered or provided'),
          refused: text('停止できない(その他)', 'It cannot: other'),
        },
      },
      stoppedOn: {
        ...required(day('停止日', 'Stopped on')),
        askedWhen: { field: 'result', is: ['stopped'] },
      },
      reason: {
        label: text('停止できない理由', 'Why it cannot be stopped'),
        type: 'long_text',
        holds: 'free_text',
        required: true,
        askedWhen: notStopped,
      },
      action: { label: text('ご対応内容', 'What was done'), type: 'long_text', holds: 'free_text' },
    },
  },
} as const satisfies Record<string, Section>;
