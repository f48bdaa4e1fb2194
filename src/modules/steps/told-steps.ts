import type { CaseStep } from '#src/domain/case-life.ts';
import { type Text, text } from '#src/domain/text.ts';

/** Every step but the answer itself, which whoever registers it sees done. */
export type ToldStep = Exclude<CaseStep, 'register_answer'>;

type Words = {
  to: 'contacts' | 'operators';
  /** Where the cases of a mail about several are listed. */
  list: Readonly<Record<string, string>>;
  /** Done to many cases at once: told of together. */
  isGathered?: true;
  /** Told of only to who heard of the request. */
  ends?: true;
  subject: Text;
  body: Text;
};

/** The steps that are told by mail, whom, and in which words. */
export const toldSteps: Readonly<Record<ToldStep, Words>> = {
  request_correction: {
    to: 'operators',
    list: { asked: 'correction' },
    subject: text('回答訂正の依頼', 'A correction was asked for'),
    body: text(
      '加盟店様から回答の訂正が依頼されました。内容をご確認のうえ、決定してください。',
      'A merchant asks to correct its answer. Please look at it and decide.',
    ),
  },
  request_extension: {
    to: 'operators',
    list: { asked: 'extension' },
    subject: text('回答期限延長の依頼', 'An extension was asked for'),
    body: text(
      '加盟店様から回答期限の延長が依頼されました。内容をご確認のうえ、決定してください。',
      'A merchant asks for more time. Please look at it and decide.',
    ),
  },
  open_correction: {
    to: 'contacts',
    list: { status: 'correcting' },
    subject: text('回答訂正の受付のご連絡', 'Your answer can be corrected'),
    body: text(
      '回答の訂正を受け付けました。回答期限までに、訂正した回答をご登録ください。登録済みの回答は残ります。',
      'The case is open for a correction. Please register the corrected answer before it is due; the one registered before stays.',
    ),
  },
  ask_again: {
    to: 'contacts',
    list: { status: 'correcting' },
    subject: text('追加のご確認のお願い', 'A further question about your answer'),
    body: text(
      'ご登録いただいた回答について、追加でお伺いしたいことがあります。ログイン画面より内容をご確認のうえ、回答期限までにご回答をお願いいたします。',
      'There is a further question about the answer that you registered. Please log in, see what is asked, and answer before it is due.',
    ),
  },
  refuse_correction: {
    to: 'contacts',
    list: { status: 'answered' },
    subject: text('回答訂正のご依頼について', 'Your request for a correction'),
    body: text(
      'ご依頼いただいた回答の訂正は、見送りとなりました。理由はログイン画面よりご確認ください。',
      'The correction that you asked for was refused. Please log in to see why.',
    ),
  },
  end_correction: {
    to: 'contacts',
    list: { status: 'answered' },
    isGathered: true,
    subject: text('回答訂正の終了のご連絡', 'The correction was ended'),
    body: text(
      '訂正した回答の登録がないまま、訂正を終了しました。登録済みの回答が有効です。',
      'The correction was ended without a further version. The answer registered before stands.',
    ),
  },
  grant_extension: {
    to: 'contacts',
    list: { status: 'received,correcting' },
    subject: text('回答期限延長のご連絡', 'The answer is due later'),
    body: text(
      'ご依頼いただいた回答期限の延長を承りました。新しい回答期限までにご回答をお願いいたします。',
      'The extension that you asked for was granted. Please answer before the new due instant.',
    ),
  },
  refuse_extension: {
    to: 'contacts',
    list: { status: 'received,correcting' },
    subject: text('回答期限延長のご依頼について', 'Your request for an extension'),
    body: text(
      'ご依頼いただいた回答期限の延長は、見送りとなりました。理由はログイン画面よりご確認ください。',
      'The extension that you asked for was refused. Please log in to see why.',
    ),
  },
  withdraw: {
    to: 'contacts',
    list: { status: 'withdrawn' },
    isGathered: true,
    ends: true,
    subject: text('依頼取下げのご連絡', 'A request was withdrawn'),
    body: text(
      '下記の依頼が取り下げられました。回答は不要です。',
      'The request below was withdrawn. No answer is needed.',
    ),
  },
  expire: {
    to: 'contacts',
    list: { status: 'expired' },
    isGathered: true,
    ends: true,
    subject: text('回答受付終了のご連絡', 'A request was closed without an answer'),
    body: text(
      '回答がないまま受付期間が終了したため、下記の依頼をクローズしました。',
      'The request below was closed, as the time in which an answer was accepted is over.',
    ),
  },
};
