/** The queue whose job looks for deliveries that are due and has them sent. */
export const sendQueue = 'send-webhooks';
