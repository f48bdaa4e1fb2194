import type { Reaction } from '#src/platform/transaction.ts';

export const announceQueue = 'announce-requests';

/**
 * Notes that cases have to be told of, and has it done when the window is over: one job for each service, named after one of
 * the cases. What comes within the window has jobs of its own, which then find their cases told.
 */
export const announceLater =
  (gatherSeconds: number): Reaction =>
  async (tx, caseIds) => {
    const added = await tx
      .insertInto('announcements')
      .columns(['case_id', 'mid', 'sid', 'category'])
      .expression((eb) =>
        eb
          .selectFrom('cases')
          .select(['id', 'mid', 'sid', 'category'])
          .where('id', 'in', [...caseIds]),
      )
      .returning(['case_id as caseId', 'mid', 'sid', 'category'])
      .execute();
    const services = new Map(added.map((row) => [`${row.mid}-${row.sid} ${row.category}`, row.caseId]));
    const jobs = [...services.values()].map((caseId) => ({
      data: { caseId },
      startAfterSeconds: gatherSeconds,
    }));
    await tx.enqueue(announceQueue, jobs);
  };
