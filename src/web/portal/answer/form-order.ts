import type { AnswerForm } from '#src/domain/answer-form.ts';
import type { Problem } from '#src/domain/problems.ts';

/** Problems in the order in which their fields stand on the page. */
export function inFormOrder(form: AnswerForm, problems: readonly Problem[]): Problem[] {
  const placeOf = ({ pointer }: Problem): readonly [section: number, entry: number, field: number] => {
    const [, name, ...rest] = pointer.split('/');
    const section = form.sections.findIndex((each) => each.name === name);
    const entry = rest.length > 1 ? Number(rest[0]) : 0;
    return [section, entry, Object.keys(form.sections[section]?.fields ?? {}).indexOf(rest.at(-1) ?? '')];
  };
  return [...problems].sort((one, other) => {
    const [first, second] = [placeOf(one), placeOf(other)];
    return first[0] - second[0] || first[1] - second[1] || first[2] - second[2];
  });
}
