import { answerSections, type SectionName, sectionOf } from './answer-sections.ts';
import { notificationKind } from './notification-kinds.ts';
import { type NotificationCode, notificationType } from './notification-types.ts';
import type { Facts, Section, SectionRule } from './section-shape.ts';

/** A section as one case asks for it, with the rules its notification type adds. */
export type FormSection = Section & { name: SectionName; rules: readonly SectionRule[] };

/** What one case asks for, in the order of the form. It depends on nothing that is answered. */
export type AnswerForm = { sections: readonly FormSection[]; facts: Facts };

/** The form of a notification type for a payment: the sections of its kind that these goods call for, then what the type adds. */
export function answerFormFor(code: NotificationCode, facts: Facts): AnswerForm {
  const { kind, adds = [], needsOneOf } = notificationType(code);
  const ofKind = notificationKind(kind).sections;
  const sections = [...ofKind.filter((name) => isAskedFor(sectionOf(name), facts)), ...adds].map((name) => {
    const section = sectionOf(name);
    const typeRules: SectionRule[] =
      needsOneOf?.section === name ? [{ rule: 'one_of', fields: needsOneOf.fields }] : [];
    return { ...section, name, rules: [...(section.rules ?? []), ...typeRules] };
  });
  return { sections, facts };
}

function isAskedFor({ askedFor }: Section, facts: Facts): boolean {
  if (askedFor?.goods && !askedFor.goods.includes(facts.goods)) return false;
  return askedFor?.productNameKnown === undefined || askedFor.productNameKnown === facts.productNameKnown;
}

/** Whether a name in an answer is a section of the catalogue at all, asked for here or not. */
export const isSectionName = (name: string): name is SectionName => Object.hasOwn(answerSections, name);
