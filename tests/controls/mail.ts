import type { Control } from './control.ts';

const many = 'src/modules/mail/case-mails.test.ts';
const reports = 'src/modules/mail/reports.test.ts';
const anyEnd = 'src/modules/mail/any-end.test.ts';
const alerts = 'src/modules/alerts/alerts.test.ts';

/** What makes mails leave once, the delivery log true, and an address that takes no mails known. */
export const mailControls: readonly Control[] = [
  {
    without: 'settling a try of known end',
    file: 'src/modules/mail/note-tries.ts',
    take: `unknown_tries = unknown_tries - "isKnown"::integer`,
    put: `unknown_tries = unknown_tries - "isKnown"::integer * 0`,
    tests: anyEnd,
    fails: 'whatever servers and workers do',
  },
  {
    without: 'leaving mails in other hands alone',
    file: 'src/modules/mail/claim-mails.ts',
    take: "if (row.isInHand) return { mailId, claim: 'in hand' };",
    put: '',
    tests: many,
    fails: 'go once though two workers',
  },
  {
    without: 'one line for tries that end alike',
    file: 'src/modules/mail/note-tries.ts',
    take: "isTold: each.state !== 'queued' || each.reply !== lastErrors.get(each.mailId)",
    put: 'isTold: true',
    tests: many,
    fails: 'says to whom each mail went',
  },
  {
    without: 'keeping the hash of the text that is erased',
    file: 'src/modules/mail/write-mail.ts',
    take: 'text_sha256: textHash(text),',
    put: '',
    tests: many,
    fails: 'keeps what a refused mail was refused with',
  },
  {
    without: 'knowing a report again',
    file: 'src/modules/mail/note-events.ts',
    take: 'on conflict do nothing',
    put: '',
    tests: reports,
    fails: 'is a line of its log, once',
  },
  {
    without: 'marking only where a mail did not arrive',
    file: 'src/modules/mail/note-report.ts',
    take: "if (kind !== 'delayed')",
    put: '',
    tests: reports,
    fails: 'marks nobody where it is only late',
  },
  {
    without: 'marking in the merchant of the mail alone',
    file: 'src/modules/merchants/mark-contacts.ts',
    take: `where mid = \${mid} and lower(email)`,
    put: `where \${mid} = \${mid} and lower(email)`,
    tests: reports,
    fails: 'marks nobody where it is only late',
  },
  {
    without: 'marking who is refused at once',
    file: 'src/modules/mail/note-tries.ts',
    take: 'await markRefused(tx, ended);',
    put: '',
    tests: reports,
    fails: 'is marked alike where the server refuses',
  },
  {
    without: 'asking whose contact is tested',
    file: 'src/modules/merchants/mark-contacts.ts',
    take: ".where(tenancyOf(actor, { mid: sql.ref('contacts.mid'), sid: sql.ref('contacts.sid') }))",
    put: '.where((eb) => eb.lit(actor !== undefined && tenancyOf !== undefined))',
    tests: 'tests/walls/without-row-level-security.test.ts',
    fails: 'filters alone',
  },
  {
    without: 'the size of a report',
    file: 'src/modules/mail/read-report.ts',
    take: 'if (source.length > largestReport) return undefined;',
    put: "if (source.length > largestReport) throw new Error('read on');",
    tests: reports,
    fails: 'is nothing where it is no report',
  },
  {
    without: 'asking for another try when nothing could be noted',
    file: 'src/main/take-report.ts',
    take: '}, tryAgain);',
    put: '});',
    tests: 'src/main/take-report.test.ts',
    fails: 'asks for another try',
  },
  {
    without: 'knowing of which contact was told',
    file: 'src/modules/alerts/queues.ts',
    take: 'const subject = subjectOf(one);',
    put: 'const subject = subjectOf(one) + Math.random();',
    tests: alerts,
    fails: 'is told of once, to the admins of its merchant',
  },
  {
    without: 'telling the admins where no contact is reached',
    file: 'src/modules/reminders/gather-recipients.ts',
    take: '(wantsContacts && reachable === 0)',
    put: '(wantsContacts && all === 0)',
    tests: 'src/modules/reminders/reminders.test.ts',
    fails: 'whose only contact cannot be reached',
  },
  {
    without: 'going on with the next case',
    file: 'src/modules/cases/close-cases.ts',
    take: '.catch((error: unknown) => failures.set(id, error))',
    put: '',
    tests: 'src/modules/cases/count-cases.test.ts',
    fails: 'keeps no other open',
  },
];
