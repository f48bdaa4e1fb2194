/**
 * A negative control: a protection that is taken out of a file to see that a test fails for want of it. `npm run controls` does it
 * in a copy of the tree.
 */
export type Control = {
  /** What is taken out, in words. */
  without: string;
  file: string;
  /** Stands in the file exactly once. */
  take: string;
  put: string;
  /** The file of tests that is run. */
  tests: string;
  /** A part of the name of the test that has to fail. */
  fails: string;
};
