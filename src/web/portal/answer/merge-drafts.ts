import type { DraftContent } from '#src/domain/answer.ts';

/** A field that two people changed in different ways since they last agreed. */
export type Conflict = { pointer: string; mine: unknown; theirs: unknown };

export type Merged = { content: DraftContent; conflicts: readonly Conflict[] };

type Leaves = Map<string, unknown>;

/**
 * Brings two drafts together that were made from the same one, field by field. What only one of them changed is taken;
 * where both did, mine stays and theirs is told. A list, such as that of the guests, is one field.
 */
export function mergeDrafts(base: DraftContent, mine: DraftContent, theirs: DraftContent): Merged {
  const [before, my, their] = [leavesOf(base), leavesOf(mine), leavesOf(theirs)];
  const merged: Leaves = new Map();
  const conflicts: Conflict[] = [];
  for (const pointer of new Set([...my.keys(), ...their.keys()])) {
    const [old, own, other] = [before.get(pointer), my.get(pointer), their.get(pointer)];
    const isMine = !isSame(own, old);
    const isTheirs = !isSame(other, old);
    if (isMine && isTheirs && !isSame(own, other)) conflicts.push({ pointer, mine: own, theirs: other });
    merged.set(pointer, isMine ? own : other);
  }
  return { content: contentOf(merged), conflicts };
}

/** A draft with one field set, by its pointer `/section/field` or, for a list, `/section`. */
export function withLeaf(content: DraftContent, pointer: string, value: unknown): DraftContent {
  const leaves = leavesOf(content);
  leaves.set(pointer, value);
  return contentOf(leaves);
}

/** Empty and absent are the same: nothing was entered. */
const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one === '' ? undefined : one) === JSON.stringify(other === '' ? undefined : other);

function leavesOf(content: DraftContent): Leaves {
  const leaves: Leaves = new Map();
  for (const [section, value] of Object.entries(content)) {
    if (Array.isArray(value) || typeof value !== 'object' || value === null) leaves.set(`/${section}`, value);
    else for (const [field, inner] of Object.entries(value)) leaves.set(`/${section}/${field}`, inner);
  }
  return leaves;
}

function contentOf(leaves: Leaves): DraftContent {
  const content: Record<string, unknown> = {};
  for (const [pointer, value] of leaves) {
    if (value === undefined) continue;
    const [, section = '', field] = pointer.split('/');
    if (field === undefined) content[section] = value;
    else content[section] = { ...(content[section] as object | undefined), [field]: value };
  }
  return content;
}
