import type { DraftContent } from '#src/domain/answer.ts';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import type { Problem } from '#src/domain/problems.ts';
import { draftProblems } from '#src/domain/read-answer.ts';
import { isProblem, type ProblemError } from '../../api/problem-error.ts';
import { type Conflict, mergeDrafts, withLeaf } from './merge-drafts.ts';

export type SavedDraft = {
  version: number;
  content: DraftContent;
  savedAt: string | null;
  savedBy: string | null;
};

/** How drafts reach the server. `load` gives nothing when the version is still the newest. */
export type DraftServer = {
  save: (content: DraftContent, version: number, isLeaving: boolean) => Promise<SavedDraft>;
  load: (version: number) => Promise<SavedDraft | undefined>;
};

export type DraftState = {
  content: DraftContent;
  status: 'saved' | 'changed' | 'saving' | 'failed';
  saved: SavedDraft;
  /** Why the last save failed. */
  error?: ProblemError;
  /** Fields that cannot be stored as they are; everything else is saved. */
  notStorable: readonly Problem[];
  conflicts: readonly Conflict[];
  /** A colleague's save that was merged into what is on the screen. */
  colleague?: { savedBy: string | null; savedAt: string | null };
};

const quietMs = 1_500;

/**
 * Keeps a draft while it is typed: saves it by itself when typing pauses, one save at a time and in order, and merges what
 * a colleague saved meanwhile. What was typed is never lost: a field that cannot be stored stays on the screen, and so does
 * everything while the server is away.
 */
export class DraftKeeper {
  readonly #form: AnswerForm;
  readonly #server: DraftServer;
  readonly #listeners = new Set<() => void>();
  #state: DraftState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;

  constructor(form: AnswerForm, saved: SavedDraft, server: DraftServer) {
    this.#form = form;
    this.#server = server;
    this.#state = { content: saved.content, status: 'saved', saved, notStorable: [], conflicts: [] };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): DraftState => this.#state;

  /** Takes what is on the screen now, and saves it when typing has paused. */
  change(content: DraftContent): void {
    this.#set({ content, status: 'changed', notStorable: draftProblems(this.#form, content) });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), quietMs);
  }

  /** Saves now whatever is not saved yet. Afterwards the status tells whether it worked. */
  async flush({ isLeaving = false } = {}): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#running && !isLeaving) await this.#running;
    if (this.#state.status !== 'changed' && this.#state.status !== 'failed') return;
    this.#running = this.#save(isLeaving).finally(() => {
      this.#running = undefined;
    });
    await this.#running;
    // Something was typed while the save was under way.
    if (this.#state.status === 'changed') await this.flush();
  }

  /** Looks whether a colleague has saved, and merges what came. */
  async look(): Promise<void> {
    if (this.#running || this.#state.status === 'failed') return;
    const theirs = await this.#server.load(this.#state.saved.version).catch(() => undefined);
    if (theirs && theirs.version > this.#state.saved.version) this.#merge(theirs);
    if (this.#state.status === 'changed') await this.flush();
  }

  /** Decides a field that both changed. */
  resolve({ pointer, theirs }: Conflict, take: 'mine' | 'theirs'): void {
    const conflicts = this.#state.conflicts.filter((conflict) => conflict.pointer !== pointer);
    this.#set({ conflicts });
    if (take === 'theirs') this.change(withLeaf(this.#state.content, pointer, theirs));
  }

  /** The colleague's save was noticed. */
  dismissColleague(): void {
    const { colleague: _, ...rest } = this.#state;
    this.#state = rest;
    this.#tell();
  }

  async #save(isLeaving: boolean): Promise<void> {
    const { content, saved } = this.#state;
    const storable = withoutUnstorable(this.#form, content);
    if (JSON.stringify(storable) === JSON.stringify(saved.content)) {
      this.#set({ status: 'saved' });
      return;
    }
    this.#set({ status: 'saving' });
    try {
      const kept = await this.#server.save(storable, saved.version, isLeaving);
      const isNewer = this.#state.content !== content;
      const { error: _, ...rest } = this.#state;
      this.#state = { ...rest, saved: kept, status: isNewer ? 'changed' : 'saved' };
      this.#tell();
    } catch (error) {
      await this.#failed(error);
    }
  }

  async #failed(error: unknown): Promise<void> {
    if (!isProblem(error)) throw error;
    if (error.code === 'draft_conflict') {
      const theirs = await this.#server.load(this.#state.saved.version).catch(() => undefined);
      if (theirs) {
        this.#merge(theirs);
        return;
      }
    }
    this.#set({ status: 'failed', error });
  }

  #merge(theirs: SavedDraft): void {
    const { saved, content, conflicts: open } = this.#state;
    const { content: merged, conflicts } = mergeDrafts(saved.content, content, theirs.content);
    const told = new Set(conflicts.map(({ pointer }) => pointer));
    const isDifferent = JSON.stringify(merged) !== JSON.stringify(theirs.content);
    this.#set({
      content: merged,
      saved: theirs,
      status: isDifferent ? 'changed' : 'saved',
      notStorable: draftProblems(this.#form, merged),
      conflicts: [...open.filter(({ pointer }) => !told.has(pointer)), ...conflicts],
      colleague: { savedBy: theirs.savedBy, savedAt: theirs.savedAt },
    });
  }

  #set(change: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...change };
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** A draft without the fields that would have the whole of it refused. */
export function withoutUnstorable(form: AnswerForm, content: DraftContent): DraftContent {
  const copy = structuredClone(content) as Record<string, unknown>;
  for (const { pointer } of draftProblems(form, content)) {
    const names = pointer.slice(1).split('/');
    const last = names.pop() ?? '';
    let parent: unknown = copy;
    for (const name of names) parent = (parent as Record<string, unknown> | undefined)?.[name];
    if (typeof parent === 'object' && parent !== null) delete (parent as Record<string, unknown>)[last];
  }
  return copy;
}
