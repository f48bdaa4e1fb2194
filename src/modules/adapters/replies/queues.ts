import type { Queue } from '#src/platform/jobs.ts';
import { replyQueue } from './reply-queue.ts';
import { type SendParts, sendReplies } from './send-replies.ts';

/** The job that sends answers to providers: at once what is new, each minute what failed before. */
export const replyQueues = (parts: SendParts): Queue[] => [
  {
    name: replyQueue,
    schedule: '* * * * *',
    retries: 5,
    retryAfterSeconds: 5,
    concurrency: 2,
    work: () => sendReplies(parts),
  },
];
