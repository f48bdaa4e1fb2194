/** What a person is told by mail of their own account. A link's path ends in a secret behind `#`, which no server gets to see. */
export type PersonalNews =
  | { kind: 'invitation'; path: string; hours: number; merchantName: string | null }
  | { kind: 'password_reset'; path: string; minutes: number; userId: string }
  | { kind: 'email_confirmation'; path: string; minutes: number }
  | { kind: 'password_changed'; at: Date }
  | { kind: 'email_changed'; at: Date }
  | { kind: 'second_factor_changed'; at: Date }
  | { kind: 'account_locked'; at: Date; minutes: number };
