import type { DraftContent } from '#src/domain/answer.ts';

/** A field that two people changed in different ways since they last agreed. */
export type Conflict = { pointer: string; mine: unknown; theirs: unknown };

/** What came of two drafts; `taken` are the fields that now hold what the other one entered. */
export type Merged = { content: DraftContent; conflicts: readonly Conflict[]; taken: readonly string[] };

type Leaves = Map<string, unknown>;

/**
 * Brings two drafts together that were made from the same one, field by field. What only one of them changed is taken;
 * where both did, mine stays and theirs is told. Guests are told apart by their place, so once one of the two has removed
 * a guest, the whole list is one field.
 */
export function mergeDrafts(base: DraftContent, mine: DraftContent, theirs: DraftContent): Merged {
  const split = listsToSplit(base, mine, theirs);
  const [before, my, their] = [leavesOf(base, split), leavesOf(mine, split), leavesOf(theirs, split)];
  const merged: Leaves = new Map();
  const conflicts: Conflict[] = [];
  const taken: string[] = [];
  for (const pointer of new Set([...my.keys(), ...their.keys()])) {
    const [old, own, other] = [before.get(pointer), my.get(pointer), their.get(pointer)];
    const isMine = !isSame(own, old);
    const isTheirs = !isSame(other, old);
    if (isMine && isTheirs && !isSame(own, other)) conflicts.push({ pointer, mine: own, theirs: other });
    if (isTheirs && !isMine && !isPlace(pointer)) taken.push(pointer);
    merged.set(pointer, isMine ? own : other);
  }
  return { content: contentOf(merged), conflicts, taken };
}

/** What a draft holds at `/section/field`, at `/section`, or at `/section/0/field` of a list. */
export function leafAt(content: DraftContent, pointer: string): unknown {
  let value: unknown = content;
  for (const name of pointer.slice(1).split('/')) {
    value = typeof value === 'object' && value !== null ? (value as Leaf)[name] : undefined;
  }
  return value;
}

/** A draft with one field set, by its pointer. */
export function withLeaf(content: DraftContent, pointer: string, value: unknown): DraftContent {
  const [, section = '', place = ''] = pointer.split('/');
  const leaves = leavesOf(content, new Set(isIndex(place) ? [section] : []));
  return contentOf(leaves.set(pointer, value));
}

/** Empty and absent are the same: nothing was entered. */
export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one === '' ? undefined : one) === JSON.stringify(other === '' ? undefined : other);

type Leaf = Readonly<Record<string, unknown>>;

const isIndex = (name: string): boolean => /^\d+$/.test(name);

/** `/guests/1`: that there is a second guest. */
const isPlace = (pointer: string): boolean => /^\/[^/]+\/\d+$/.test(pointer);

/** The lists in which nobody removed an entry, so that places mean the same in all three drafts. */
function listsToSplit(base: DraftContent, ...others: readonly DraftContent[]): ReadonlySet<string> {
  const names = [base, ...others].flatMap((draft) => Object.keys(draft));
  return new Set(
    names.filter((name) => {
      const lists = [base, ...others].map((draft) => draft[name] ?? []);
      return lists.every(isList) && others.every((draft) => sizeOf(draft[name]) >= sizeOf(base[name]));
    }),
  );
}

const isList = (value: unknown): value is Leaf[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'object' && entry !== null);

const sizeOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

function leavesOf(content: DraftContent, split: ReadonlySet<string>): Leaves {
  const leaves: Leaves = new Map();
  const addFields = (at: string, fields: object): void => {
    for (const [field, value] of Object.entries(fields)) leaves.set(`${at}/${field}`, value);
  };
  for (const [section, value] of Object.entries(content)) {
    if (isList(value) && split.has(section)) {
      for (const [place, entry] of value.entries()) {
        leaves.set(`/${section}/${place}`, {});
        addFields(`/${section}/${place}`, entry);
      }
    } else if (Array.isArray(value) || typeof value !== 'object' || value === null) {
      leaves.set(`/${section}`, value);
    } else addFields(`/${section}`, value);
  }
  return leaves;
}

function contentOf(leaves: Leaves): DraftContent {
  const content: Record<string, unknown> = {};
  for (const [pointer, value] of leaves) {
    if (value === undefined) continue;
    const [, section = '', name, field] = pointer.split('/');
    if (name === undefined) content[section] = value;
    else if (isIndex(name)) content[section] = withEntry(content[section], Number(name), field, value);
    else content[section] = { ...(content[section] as Leaf | undefined), [name]: value };
  }
  return content;
}

function withEntry(list: unknown, place: number, field: string | undefined, value: unknown): unknown[] {
  const entries: unknown[] = Array.isArray(list) ? [...list] : [];
  entries[place] = field === undefined ? value : { ...(entries[place] as Leaf | undefined), [field]: value };
  return entries;
}
