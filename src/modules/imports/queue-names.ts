export const checkQueue = 'check-imports';
export const runQueue = 'run-imports';
