/** What becomes of a mail, a line of the delivery log each. Names are the API's. */
export const mailEventKinds = [
  'handed_over',
  'not_taken',
  'failed',
  'bounced',
  'delayed',
  'complained',
  'opened',
  'sent_again',
  'settled',
] as const;

export type MailEventKind = (typeof mailEventKinds)[number];
