import type { BulkAction, WhyLeft } from './bulk-api.ts';

const whyJa: Record<WhyLeft, string> = {
  case_not_found: '案件が見つかりません',
  case_erased: '個人情報が消去済みのため変更できません',
  action_not_possible: '現在のステータスでは取り下げできません',
  no_change: '担当者に変更がありません',
  changed_meanwhile: '確認の後に案件が更新されました',
};
const whyEn: Record<WhyLeft, string> = {
  case_not_found: 'There is no such case',
  case_erased: 'Its personal data was erased',
  action_not_possible: 'Its status does not allow it',
  no_change: 'Its assignee is the same already',
  changed_meanwhile: 'It changed after the preview',
};

export const bulkTexts = {
  ja: {
    bar: '選択した案件の操作',
    selected: (count: number) => `${count}件を選択中`,
    limit: (most: number) => `一度に${most}件まで`,
    clear: '選択を解除',
    cancel: 'キャンセル',
    back: '戻る',
    close: '閉じる',
    toPreview: '内容を確認',
    assignee: '担当者',
    nobody: '担当者なし',
    choose: '選択してください',
    assigneeNeeded: '担当者を選択してください。',
    reason: '取下げ理由',
    reasonNeeded: '取下げ理由を入力してください。',
    reasonHelp: '選択したすべての案件の履歴に残り、加盟店様と決済機関様にも表示されます。',
    assign: {
      title: '担当者を変更',
      summary: (name: string) => `担当者を「${name}」に変更します。`,
      confirm: (count: number, name: string) => `${count}件の担当者を「${name}」に変更`,
      goes: (name: string) => `「${name}」に変更します`,
      done: (count: number, name: string) => `${count}件の担当者を「${name}」に変更しました。`,
    },
    unassign: {
      summary: '担当者を外し、「担当者なし」にします。',
      confirm: (count: number) => `${count}件の担当者を外す`,
      goes: '担当者を外します',
      done: (count: number) => `${count}件の担当者を外しました。`,
    },
    withdraw: {
      title: '依頼を取り下げ',
      summary: '取下げは元に戻せません。',
      confirm: (count: number) => `${count}件を取り下げる`,
      goes: '取り下げます',
      done: (count: number) => `${count}件の依頼を取り下げました。`,
    },
    goes: (count: number) => `${count}件を実行します。`,
    stays: (count: number) => `${count}件は変更されません。`,
    left: (count: number) => `${count}件は変更されませんでした。`,
    caseNumber: '依頼管理番号',
    service: 'MID-SID',
    status: 'ステータス',
    now: '現在の担当者',
    outcome: '実行内容',
    why: whyJa,
  },
  en: {
    bar: 'With the chosen cases',
    selected: (count: number) => (count === 1 ? '1 case chosen' : `${count} cases chosen`),
    limit: (most: number) => `${most} at most`,
    clear: 'Choose none',
    cancel: 'Cancel',
    back: 'Back',
    close: 'Close',
    toPreview: 'Preview',
    assignee: 'Assignee',
    nobody: 'Nobody',
    choose: 'Choose one',
    assigneeNeeded: 'Choose an assignee.',
    reason: 'Reason',
    reasonNeeded: 'Enter a reason.',
    reasonHelp: 'It stays in the history of every chosen case; the merchant and the institution read it.',
    assign: {
      title: 'Assign',
      summary: (name: string) => `Assign to ${name}.`,
      confirm: (count: number, name: string) =>
        count === 1 ? `Assign 1 case to ${name}` : `Assign ${count} cases to ${name}`,
      goes: (name: string) => `Will be assigned to ${name}`,
      done: (count: number, name: string) =>
        count === 1 ? `1 case was assigned to ${name}.` : `${count} cases were assigned to ${name}.`,
    },
    unassign: {
      summary: 'Take the cases from their assignees: nobody looks after them.',
      confirm: (count: number) => (count === 1 ? 'Unassign 1 case' : `Unassign ${count} cases`),
      goes: 'Will be unassigned',
      done: (count: number) => (count === 1 ? '1 case was unassigned.' : `${count} cases were unassigned.`),
    },
    withdraw: {
      title: 'Withdraw',
      summary: 'A withdrawal cannot be undone.',
      confirm: (count: number) => (count === 1 ? 'Withdraw 1 case' : `Withdraw ${count} cases`),
      goes: 'Will be withdrawn',
      done: (count: number) => (count === 1 ? '1 case was withdrawn.' : `${count} cases were withdrawn.`),
    },
    goes: (count: number) => (count === 1 ? '1 case will be changed.' : `${count} cases will be changed.`),
    stays: (count: number) => (count === 1 ? '1 case stays as it is.' : `${count} cases stay as they are.`),
    left: (count: number) =>
      count === 1 ? '1 case was left as it was.' : `${count} cases were left as they were.`,
    caseNumber: 'Case number',
    service: 'MID-SID',
    status: 'Status',
    now: 'Assignee now',
    outcome: 'What happens',
    why: whyEn,
  },
};

type Words = {
  summary: string;
  goes: string;
  confirm: (count: number) => string;
  done: (count: number) => string;
};

/** What an action is called on its preview, its button and its outcome: an assignment says to whom. */
export function wordsOf(action: BulkAction, t: (typeof bulkTexts)['ja' | 'en']): Words {
  if (action.kind === 'withdraw') return t.withdraw;
  if (!action.operator) return t.unassign;
  const { name } = action.operator;
  const { summary, goes, confirm, done } = t.assign;
  return {
    summary: summary(name),
    goes: goes(name),
    confirm: (count) => confirm(count, name),
    done: (count) => done(count, name),
  };
}
