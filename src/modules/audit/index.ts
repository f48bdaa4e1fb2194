/**
 * The audit trail (監査証跡): reading it, proving that nobody changed it, and the anchors that are kept outside. Owns
 * `audit_anchors`. Entries are written by the platform, in the transaction of what they tell of.
 */
export { type Anchor, type AnchorsRead, readAnchors } from './anchor.ts';
export { anchorFileIn, readAnchorFile, writeAnchorFile } from './anchor-file.ts';
export type { Finding } from './chain-verifier.ts';
export { findingText } from './finding-text.ts';
export { auditQueues } from './queues.ts';
export { recordVerification } from './record-verification.ts';
export { auditEndpoints } from './routes.ts';
export { type Verification, verifyTrail } from './verify-trail.ts';
