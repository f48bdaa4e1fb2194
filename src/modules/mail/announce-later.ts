import type { Reaction } from '#src/platform/transaction.ts';

export const announceQueue = 'announce-requests';

/**
 * Notes that cases have to be told of, and has it done when the window is over. Each case has a job of its own: the first
 * tells of all that wait for the service, the others find nothing left to tell.
 */
export const announceLater =
  (gatherSeconds: number): Reaction =>
  async (tx, caseIds) => {
    await tx
      .insertInto('announcements')
      .columns(['case_id', 'mid', 'sid', 'category'])
      .expression((eb) =>
        eb
          .selectFrom('cases')
          .select(['id', 'mid', 'sid', 'category'])
          .where('id', 'in', [...caseIds]),
      )
      .execute();
    await tx.enqueue(
      announceQueue,
      caseIds.map((caseId) => ({ data: { caseId }, startAfterSeconds: gatherSeconds })),
    );
  };
