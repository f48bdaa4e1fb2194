import type { Answer, Entry } from './answer.ts';
import type { AnswerForm, FormSection } from './answer-form.ts';
import type { Problem } from './problems.ts';
import type { SectionRule } from './section-shape.ts';
import type { Text } from './text.ts';

type Context = { answer: Answer; problems: readonly Problem[]; form: AnswerForm };
type Findings = { problems: Problem[]; warnings: Problem[] };

/** Checks the rules over several fields of one section. A field that is wrong by itself is not told twice. */
export function checkRules(
  section: FormSection,
  value: Entry | readonly Entry[],
  context: Context,
): Findings {
  if (isList(value)) return { problems: tooManyItems(section, value, context), warnings: [] };
  const wrong = new Set(context.problems.map(({ pointer }) => pointer));
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  for (const rule of section.rules) {
    const found = applyRule(rule, section, value);
    if (!found || fieldsOf(rule).some((name) => wrong.has(`/${section.name}/${name}`))) continue;
    (rule.rule.startsWith('warn') ? warnings : problems).push(found);
  }
  return { problems, warnings };
}

const isList = (value: Entry | readonly Entry[]): value is readonly Entry[] => Array.isArray(value);

const fieldsOf = (rule: SectionRule): readonly string[] =>
  'fields' in rule ? rule.fields : [rule.earlier, rule.later];

function applyRule(rule: SectionRule, section: FormSection, entry: Entry): Problem | undefined {
  const label = (name: string): Text => section.fields[name]?.label ?? section.title;
  const at = (name: string | undefined): string => `/${section.name}/${name}`;
  switch (rule.rule) {
    case 'one_of':
      if (rule.fields.some((name) => entry[name] !== undefined)) return undefined;
      return {
        pointer: at(rule.fields[0]),
        code: 'one_of_required',
        params: { labels: rule.fields.map(label) },
      };
    case 'order': {
      const inOrder = areInOrder(entry, rule);
      if (inOrder) return undefined;
      const params = { label: label(rule.later), other: label(rule.earlier) };
      return { pointer: at(rule.later), code: rule.strictly ? 'not_after' : 'before', params };
    }
    case 'warn_order':
      return areInOrder(entry, rule) ? undefined : { pointer: at(rule.earlier), code: rule.warning };
    case 'warn_empty': {
      const empty = rule.fields.filter((name) => entry[name] === undefined);
      if (empty.length === 0 || !rule.when.is.includes(String(entry[rule.when.field]))) return undefined;
      return { pointer: at(empty[0]), code: rule.warning, params: { labels: empty.map(label) } };
    }
  }
}

/** Days compare as text; a missing day breaks no order. */
function areInOrder(
  entry: Entry,
  { earlier, later, ...rule }: { earlier: string; later: string; strictly?: true },
): boolean {
  const [first, second] = [entry[earlier], entry[later]];
  if (first === undefined || second === undefined) return true;
  return rule.strictly ? first < second : first <= second;
}

function tooManyItems(section: FormSection, items: readonly Entry[], { answer, form }: Context): Problem[] {
  const [countSection = '', countField = ''] = section.repeats?.within.split('.') ?? [];
  const counted = answer[countSection];
  const count = counted && !isList(counted) ? counted[countField] : undefined;
  if (typeof count !== 'number' || items.length <= count) return [];
  const other =
    form.sections.find(({ name }) => name === countSection)?.fields[countField]?.label ?? section.title;
  return [{ pointer: `/${section.name}`, code: 'more_items_than', params: { label: section.title, other } }];
}
