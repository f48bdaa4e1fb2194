import type { Control } from './control.ts';

const tests = 'src/modules/cases/after-the-answer.test.ts';
const whoDecides = 'src/modules/cases/who-decides.test.ts';
const atOnce = 'src/modules/cases/asked-at-once.test.ts';

/** What keeps corrections, further questions and extensions right. */
export const afterTheAnswerControls: readonly Control[] = [
  {
    without: 'four eyes: who asked does not decide',
    file: 'src/modules/cases/open-request.ts',
    take: 'if (open?.asked_by === actor.id)',
    put: 'if (open?.asked_by === "nobody")',
    tests: whoDecides,
    fails: 'are never one person',
  },
  {
    without: 'deciding a request once',
    file: 'src/modules/cases/open-request.ts',
    take: "if (row?.state !== 'open') throw",
    put: "if (!row || row.state === 'granted') throw",
    tests,
    fails: 'may be refused with a reason, and asked for again',
  },
  {
    without: 'one request at a time',
    file: 'src/modules/cases/ask-operator.ts',
    take: "if (await findOpenRequest(tx, caseId)) throw new Refusal('request_open');",
    put: 'await findOpenRequest(tx, caseId);',
    tests: atOnce,
    fails: 'ten colleagues ask once',
  },
  {
    without: 'a draft saved since for the next version',
    file: 'src/modules/answers/register-answer.ts',
    take: 'if (draftVersion <= last.draft_version)',
    put: 'if (draftVersion < 0)',
    tests,
    fails: 'is not registered with the draft of the version before',
  },
  {
    without: 'a later due instant only',
    file: 'src/modules/cases/new-due.ts',
    take: "(step === 'extension' && due <= row.before)",
    put: 'false',
    tests,
    fails: 'is refused as input when it is no later than before',
  },
  {
    without: 'a late mark of each version’s own',
    file: 'src/modules/cases/move-case.ts',
    take: 'moment.at >= due_at as late,',
    put: 'answered_late as late,',
    tests,
    fails: 'a late one is marked',
  },
  {
    without: 'the due instant of its own on the sheet of a version',
    file: 'src/modules/returns/sheet/to-sheet.ts',
    take: '[version - 1]?.dueAt ?? dueAt',
    put: '[version - 1]?.reason ?? dueAt',
    tests: 'src/modules/returns/print-answer.test.ts',
    fails: 'of each version stays',
  },
  {
    without: 'settling a request when the case goes on',
    file: 'src/modules/cases/move-case.ts',
    take: "state = 'open' and $",
    put: "state = 'none' and $",
    tests,
    fails: 'lapses when the case goes on',
  },
  {
    without: 'the database’s own rule that a request is decided once and not by its merchant',
    file: 'db/migrations/0043_after_the_answer.sql',
    take: "and (new.state = 'lapsed' or coalesce(acting_kind(), 'operator') = 'operator')",
    put: '',
    tests: whoDecides,
    fails: 'a request is decided once, never by its merchant',
  },
  {
    without: 'a withdrawn case being closed',
    file: 'src/domain/case-life.ts',
    take: '  withdrawn: {},',
    put: "  withdrawn: { register_answer: { by: ['merchant'], to: 'answered' } },",
    tests: 'src/modules/cases/life-of-cases.test.ts',
    fails: 'hundreds of steps',
  },
  {
    without: 'the merchant’s part in the table of steps',
    file: 'src/domain/case-life.ts',
    take: "request_correction: { by: ['merchant'], to: 'answered' }",
    put: "request_correction: { by: ['merchant', 'operator'], to: 'answered' }",
    tests: 'src/domain/case-life.model.test.ts',
    fails: 'is where the table leads',
  },
  {
    without: 'reminders of cases being corrected',
    file: 'src/modules/reminders/remind-merchant.ts',
    take: 'awaitsAnswer(each.status)',
    put: "each.status === 'received'",
    tests: 'src/modules/reminders/corrections.test.ts',
    fails: 'is reminded of by its new due instant',
  },
  {
    without: 'telling operators what a merchant asks',
    file: 'src/main/reactions.ts',
    take: ", tell('request_extension')",
    put: '',
    tests: 'src/modules/steps/steps.test.ts',
    fails: 'is told to whom it is for',
  },
];
