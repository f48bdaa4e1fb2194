import { fieldId } from './form-context.ts';

/** Leads to a field, or to the first one of a choice, an entry or a section. */
export const focusField = (pointer: string): void => focusPlace(fieldId(pointer));

/** The same by the id on the page, as an address names it behind `#`. */
export function focusPlace(id: string): void {
  const found = document.getElementById(id);
  const target = found?.matches('input, textarea')
    ? found
    : found?.querySelector<HTMLElement>('input, textarea');
  (target ?? found)?.focus({ preventScroll: true });
  found?.scrollIntoView({ block: found.matches('section') ? 'start' : 'center' });
}
