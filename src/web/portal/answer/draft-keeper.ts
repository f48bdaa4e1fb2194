import type { DraftContent } from '#src/domain/answer.ts';
import type { AnswerForm } from '#src/domain/answer-form.ts';
import type { Problem } from '#src/domain/problems.ts';
import { draftProblems } from '#src/domain/read-answer.ts';
import { isProblem, type ProblemError } from '../../api/problem-error.ts';
import { type Conflict, isSame, leafAt, mergeDrafts, withLeaf } from './merge-drafts.ts';
import { withoutUnstorable } from './without-unstorable.ts';

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
  /** A colleague's save that was merged into what is on the screen, and the fields that it changed there. */
  colleague?: { savedBy: string | null; savedAt: string | null; taken: readonly string[] };
};

const quietMs = 1_500;
const tryAgainMs = 10_000;

/** What may be over by itself in a while. Everything else needs somebody to do something. */
const passing = ['offline', 'unavailable', 'internal_error', 'too_many_requests'];

/** Whether leaving now would lose something that was typed. */
export const isUnsafe = ({ status, notStorable }: DraftState): boolean =>
  status !== 'saved' || notStorable.length > 0;

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
    this.#set({
      content,
      status: 'changed',
      notStorable: draftProblems(this.#form, content),
      conflicts: this.#state.conflicts.filter(
        ({ pointer, theirs }) => !isSame(leafAt(content, pointer), theirs),
      ),
    });
    this.#saveIn(quietMs);
  }

  /**
   * Saves now whatever is not saved yet; afterwards the status tells whether it worked. One save at a time, also when the
   * page is left: two on their way could arrive the wrong way round.
   */
  async flush({ isLeaving = false } = {}): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#running) await this.#running;
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
    // What came may be our own save, if one was begun meanwhile. If it is not, that save will be told so.
    if (this.#running || !theirs || theirs.version <= this.#state.saved.version) return;
    this.#merge(theirs);
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
    if (!isProblem(error)) {
      this.#set({ status: 'failed' });
      throw error;
    }
    if (error.code === 'draft_conflict') {
      const theirs = await this.#server.load(this.#state.saved.version).catch(() => undefined);
      if (theirs) {
        this.#merge(theirs);
        return;
      }
    }
    this.#set({ status: 'failed', error });
    if (isProblem(error, ...passing)) this.#saveIn(tryAgainMs);
  }

  #saveIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  #merge(theirs: SavedDraft): void {
    const { saved, content, conflicts: open } = this.#state;
    const { content: merged, conflicts, taken } = mergeDrafts(saved.content, content, theirs.content);
    const told = new Set([...taken, ...conflicts.map(({ pointer }) => pointer)]);
    const isDifferent = JSON.stringify(merged) !== JSON.stringify(theirs.content);
    this.#set({
      content: merged,
      saved: theirs,
      status: isDifferent ? 'changed' : 'saved',
      notStorable: draftProblems(this.#form, merged),
      conflicts: [...open.filter(({ pointer }) => !told.has(pointer)), ...conflicts],
      colleague: { savedBy: theirs.savedBy, savedAt: theirs.savedAt, taken },
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
