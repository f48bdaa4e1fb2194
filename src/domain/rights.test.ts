import { describe, expect, it } from 'vitest';
import { merchantRoles, operatorRoles, rights, rightsOfMerchant, rightsOfOperator } from './rights.ts';

describe('the rights of roles', () => {
  it.each([
    [
      ['admin'],
      'read_cases read_personal_data manage_users manage_keys manage_contacts manage_webhooks read_audit_trail',
    ],
    [['responder'], 'read_cases read_personal_data answer_cases'],
    [['viewer'], 'read_cases'],
    [['viewer', 'responder'], 'read_cases read_personal_data answer_cases'],
    [[], ''],
  ] as const)('of a merchant, %j, are: %s', (roles, expected) => {
    expect([...rightsOfMerchant(roles)].join(' ')).toBe(expected);
  });

  it.each([
    [
      ['admin'],
      'read_cases read_personal_data take_in_cases withdraw_cases open_corrections handle_cases manage_users manage_keys manage_contacts manage_webhooks manage_adapters manage_retention manage_calendar manage_returns manage_reminders manage_parties read_audit_trail',
    ],
    [['agent'], 'read_cases read_personal_data take_in_cases withdraw_cases open_corrections handle_cases'],
    [['auditor'], 'read_cases read_personal_data read_audit_trail'],
    [[], ''],
  ] as const)('of an operator, %j, are: %s', (roles, expected) => {
    expect([...rightsOfOperator(roles)].join(' ')).toBe(expected);
  });

  it('let no operator answer for a merchant, and no merchant take requests in', () => {
    const ofOperators = Object.values(operatorRoles).flatMap((role): readonly string[] => role.rights);
    const ofMerchants = Object.values(merchantRoles).flatMap((role): readonly string[] => role.rights);
    expect(ofOperators).not.toContain('answer_cases');
    expect(ofMerchants).not.toContain('take_in_cases');
    expect(new Set([...ofOperators, ...ofMerchants])).toEqual(new Set(rights));
  });

  it('leave an auditor to read and nothing else', () => {
    expect(operatorRoles.auditor.rights).toEqual(['read_cases', 'read_personal_data', 'read_audit_trail']);
  });
});
