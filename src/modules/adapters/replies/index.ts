/** Answers back to the providers that asked (回答の送信): how they are sent, what became of each, and by whom it is seen to. */
export { placesOf } from './places.ts';
export { replyQueues } from './queues.ts';
export { sendReplyLater } from './reply-queue.ts';
export { replyEndpoints } from './routes.ts';
