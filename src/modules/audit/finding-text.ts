import type { Finding, Problem } from './chain-verifier.ts';

const words: Record<Problem, string> = {
  missing: 'the entries before it are missing',
  out_of_order: 'its number is not above the one before',
  previous_hash: 'it does not follow the entry before it',
  hash: 'its content was changed',
  anchor: 'it is not the entry that was signed',
  cut_behind_anchor: 'it was signed, and the trail ends before it',
  head: 'the trail ends here, but its kept head is another',
};

/** A finding as a line for the one who looks into it. */
export const findingText = ({ sequence, at, problems }: Finding): string =>
  `entry ${sequence}${at === null ? '' : ` of ${at}`}: ${problems.map((problem) => words[problem]).join('; ')}`;
