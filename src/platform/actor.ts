import type { Right } from '#src/domain/rights.ts';

type Anybody = {
  /** A user's id or that of an API key. */
  id: string;
  name: string;
  rights: ReadonlySet<Right>;
};

/** Somebody of a merchant. `sids` are the services they are limited to; null when they may see all of the merchant's. */
export type MerchantActor = Anybody & { kind: 'merchant'; mid: string; sids: readonly string[] | null };
export type InstitutionActor = Anybody & { kind: 'institution'; institutionId: string };
export type OperatorActor = Anybody & { kind: 'operator' };

/** Who asks. Every command and query takes one, and shows it only what it may see; none can lack its tenant. */
export type Actor = MerchantActor | InstitutionActor | OperatorActor;

/** The product itself, when a job moves a case. */
export type SystemActor = { kind: 'system'; id: null };

export const theSystem: SystemActor = { kind: 'system', id: null };

/** Somebody who is signing in and is nobody yet. */
export type VisitorActor = { kind: 'visitor'; id: null };

export const aVisitor: VisitorActor = { kind: 'visitor', id: null };

/** For whom work is done and how it was asked for: the database shows that actor's rows, and the audit trail names all of it. */
export type Who = {
  actor: Actor | SystemActor | VisitorActor;
  /** The right by which it is done. */
  right?: Right | undefined;
  /** The network the request came from, see `networkOf`. */
  origin?: string | undefined;
  /** The kind of browser and device, see `deviceOf`. */
  device?: string | undefined;
  requestId?: string | undefined;
};

/** A name for the tenant and the credential together, under which idempotency keys are kept. */
export const actorKey = (actor: Actor): string => `${actor.kind}:${actor.id}`;
