/**
 * Alerts (アラート): what operators are told of by mail, each once, because nobody may be looking: a year that is near and not
 * confirmed, a file that could not be taken in, a contact whose mails do not arrive. Owns `alerts`; what is shown of it is on the pages of its subject.
 */
export { type Alerting, alertQueues, tellOfYears } from './queues.ts';
