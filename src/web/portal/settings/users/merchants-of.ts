import type { Session } from '../../../api/session.ts';

/** The merchants of some services, each once, to choose from. */
export function merchantsOf(services: Session['services']): { value: string; label: string }[] {
  const names = new Map(services.map(({ mid, merchantName }) => [mid, merchantName]));
  return [...names].map(([mid, name]) => ({ value: mid, label: `${mid} ${name}` }));
}
