export const stepTexts = {
  ja: {
    request_extension: {
      button: '期限の延長を依頼',
      text: '回答期限の延長を依頼します。理由をご記入ください(決済機関には表示されません)。決定されるまで、回答期限は変わりません。',
    },
    grant_extension: {
      button: '期限を延長する',
      text: '新しい回答期限を指定してください。理由は加盟店様にも表示されます。',
    },
    refuse_extension: {
      button: '延長を見送る',
      text: '回答期限は変わりません。理由は加盟店様にも表示されます。',
    },
    request_correction: {
      button: '訂正を依頼',
      text: '登録済みの回答の訂正を依頼します。どこをどのように訂正したいかをご記入ください(決済機関には表示されません)。登録済みの回答は残り、受け付けられると、次の版を登録できるようになります。',
    },
    open_correction: {
      button: '回答訂正を受け付ける',
      text: '登録済みの回答は残り、加盟店様が次の版を登録できるようになります。理由は加盟店様と決済機関にも表示されます。',
    },
    ask_again: {
      button: '追加の照会をする',
      text: '登録済みの回答は残り、加盟店様が次の版を登録できるようになります。お尋ねの内容は加盟店様と決済機関に表示されます。',
    },
    refuse_correction: {
      button: '訂正を見送る',
      text: '登録済みの回答はそのままです。理由は加盟店様にも表示されます。',
    },
    end_correction: {
      button: '訂正を終了する',
      text: '次の版は登録できなくなり、登録済みの回答が有効です。理由は加盟店様と決済機関にも表示されます。',
    },
    withdraw: {
      button: '依頼を取り下げる',
      text: '依頼を取り下げると、加盟店様は回答できなくなります。理由は加盟店様と決済機関にも表示されます。',
    },
    question: 'お尋ねの内容',
    day: '新しい回答期限',
    dayOptional: '新しい回答期限(未入力の場合は7日後)',
    dayHint: '指定した日の終わりまでです。',
    dayAfter: (due: string) => `現在の回答期限は${due}です。新しい回答期限は、指定した日の終わりまでです。`,
    dayNeeded: '新しい回答期限を入力してください。',
    waits: {
      correction: '回答の訂正が依頼されています(決定待ち)',
      extension: '回答期限の延長が依頼されています(決定待ち)',
    },
    opened: '回答の訂正を受け付けています',
    asked: '追加の照会があります',
    askedAt: (who: string, when: string) => `${when} ${who}`,
  },
  en: {
    request_extension: {
      button: 'Ask for more time',
      text: 'Please say why more time is needed; the institution does not see it. Until it is decided, the due instant stays as it is.',
    },
    grant_extension: {
      button: 'Grant the extension',
      text: 'Choose when the answer is due instead. The reason is shown to the merchant.',
    },
    refuse_extension: {
      button: 'Refuse the extension',
      text: 'The due instant stays as it is. The reason is shown to the merchant.',
    },
    request_correction: {
      button: 'Ask for a correction',
      text: 'Please say what has to be corrected, and how; the institution does not see it. The registered answer stays; once this is granted, you can register the next version.',
    },
    open_correction: {
      button: 'Open for a correction',
      text: 'The registered answer stays, and the merchant can register the next version. The reason is shown to the merchant and the institution.',
    },
    ask_again: {
      button: 'Ask a further question',
      text: 'The registered answer stays, and the merchant can register the next version. The question is shown to the merchant and the institution.',
    },
    refuse_correction: {
      button: 'Refuse the correction',
      text: 'The registered answer stays as it is. The reason is shown to the merchant.',
    },
    end_correction: {
      button: 'End the correction',
      text: 'No further version can be registered, and the one before stands. The reason is shown to the merchant and the institution.',
    },
    withdraw: {
      button: 'Withdraw the request',
      text: 'The merchant will no longer be able to answer. The reason is shown to the merchant and the institution.',
    },
    question: 'The question',
    day: 'New due day',
    dayOptional: 'New due day (seven days when left empty)',
    dayHint: 'Until the end of that day.',
    dayAfter: (due: string) => `It is due ${due} now. The new due instant is the end of the day you choose.`,
    dayNeeded: 'Enter the new due day.',
    waits: {
      correction: 'A correction was asked for and waits for a decision',
      extension: 'An extension was asked for and waits for a decision',
    },
    opened: 'The answer is open for a correction',
    asked: 'There is a further question',
    askedAt: (who: string, when: string) => `${who}, ${when}`,
  },
};
