import type { CategoryCode } from '#src/domain/categories.ts';
import { defaultLadder, type Ladder } from '#src/domain/reminder-ladder.ts';
import type { Schemas } from '../../../api/client.ts';

/** The requests a ladder is for: all, of a category, or of a category and an institution. */
export type Scope = { category: CategoryCode | null; institutionId: string | null };

type Ladders = Schemas['ReminderSettings']['ladders'];

/** The ladder that is used for these requests, and whether it is theirs alone, a wider one, or the product's own. */
export function ladderFor(
  ladders: Ladders,
  scope: Scope,
): { steps: Ladder; from: 'own' | 'wider' | 'standard' } {
  const find = (category: string | null, institutionId: string | null) =>
    ladders.find((each) => each.category === category && each.institutionId === institutionId)?.steps;
  const own = find(scope.category, scope.institutionId);
  if (own) return { steps: own, from: 'own' };
  const wider = find(scope.category, null) ?? find(null, null);
  return wider ? { steps: wider, from: 'wider' } : { steps: defaultLadder, from: 'standard' };
}
