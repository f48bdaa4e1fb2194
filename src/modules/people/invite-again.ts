import { sql } from 'kysely';
import { Refusal } from '#src/domain/refusals.ts';
import type { Tx } from '#src/platform/transaction.ts';
import { lockUser, type UserAdmin } from './managed-by.ts';
import { tellPerson } from './tell-person.ts';

type Which = { userId: string };

/** Sends an invitation once more. The link of the mail before ends at once. */
export async function inviteAgain(tx: Tx, admin: UserAdmin, { userId }: Which, hours: number): Promise<void> {
  await lockUser(tx, admin, userId);
  const again = await tx
    .updateTable('invitations')
    .set({ token_hash: null, expires_at: sql<Date>`now() + make_interval(hours => ${hours})` })
    .where('id', '=', userId)
    .returning('id')
    .executeTakeFirst();
  if (!again) throw new Refusal('invitation_accepted');
  await tellPerson(tx, { kind: 'invitation', invitationId: userId });
  tx.record('user.invite_again', [userId]);
}

/** Takes an invitation back; its link ends at once. */
export async function withdrawInvitation(tx: Tx, admin: UserAdmin, { userId }: Which): Promise<void> {
  await lockUser(tx, admin, userId);
  const withdrawn = await tx
    .deleteFrom('invitations')
    .where('id', '=', userId)
    .returning('id')
    .executeTakeFirst();
  if (!withdrawn) throw new Refusal('invitation_accepted');
  tx.record('user.withdraw_invitation', [userId]);
}
