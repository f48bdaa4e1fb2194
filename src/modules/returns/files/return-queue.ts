/** The queue whose job makes files of answers that are due, and writes them. */
export const returnQueue = 'return-files';
