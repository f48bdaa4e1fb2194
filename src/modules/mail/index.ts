/**
 * Mail: who is told what, and that each mail leaves. Owns `announcements`, `mails`, `mail_cases` and `mail_events`. A mail is written in one
 * transaction with what it is about, and handed over by a job of its own.
 */
export { announceLater } from './announce-later.ts';
export { addresseeOf, instantIn, type Letter, notesOf, oneLine, type Sender } from './letter.ts';
export { serveMailbox } from './mailbox.ts';
export { noteReport } from './note-report.ts';
export { mailQueues } from './queues.ts';
export { largestReport, type MailReport, readReport } from './read-report.ts';
export type { Refresh } from './refresh-letter.ts';
export { mailEndpoints } from './routes.ts';
export { writeStoppedMail } from './stopped-letter.ts';
export { type MailParts, writeMail } from './write-mail.ts';
export { writePersonalMail } from './write-personal-mail.ts';
