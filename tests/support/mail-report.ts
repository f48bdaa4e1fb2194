/** What a report says, of which mail. */
export type WrittenReport = {
  mailId: string;
  action?: string;
  status?: string;
  type?: string;
  returned?: string;
};

/** A report as mail servers write it: a mail did not arrive, or nobody wants it. */
export function aReport({
  mailId,
  action = 'failed',
  status = '5.1.1',
  type,
  returned,
}: WrittenReport): Buffer {
  const parts =
    type === 'feedback-report'
      ? ['Content-Type: message/feedback-report', '', 'Feedback-Type: abuse', 'User-Agent: Example/1.0']
      : [
          'Content-Type: message/delivery-status',
          '',
          'Reporting-MTA: dns; mx.example.jp',
          '',
          'Final-Recipient: rfc822; desk@shop.example.jp',
          `Action: ${action}`,
          `Status: ${status}`,
          'Diagnostic-Code: smtp; 550 5.1.1 <desk@shop.example.jp> 山田様 unknown',
        ];
  return Buffer.from(
    [
      'From: MAILER-DAEMON@mx.example.jp',
      'To: no-reply@psp.example.jp',
      'Subject: Undelivered Mail Returned to Sender',
      'MIME-Version: 1.0',
      `Content-Type: multipart/report; report-type=${type ?? 'delivery-status'}; boundary="b"`,
      ...['', '--b', 'Content-Type: text/plain', '', 'I am sorry.', '--b', ...parts, '--b'],
      ...[`Content-Type: ${returned ?? 'message/rfc822'}`, '', `Message-ID: <${mailId}@psp.example.jp>`],
      ...['Subject: x', '', '--b--', ''],
    ].join('\r\n'),
  );
}
