import type { Answer } from '#src/domain/answer.ts';
import type { ShownSection } from '#src/domain/answer-document.ts';
import type { PersonalDataState } from '#src/domain/data-classes.ts';
import { maskedContent, maskedDocument, maskedText } from '#src/domain/mask.ts';
import type { Actor } from '#src/platform/actor.ts';
import { placeOf } from '#src/platform/sealed-columns.ts';
import type { Sealing } from '#src/platform/sealing.ts';
import type { Vault } from '#src/platform/vault.ts';

/** What of a request is personal, and stored sealed as one value. */
export type PersonalRequest = {
  supplement: string | null;
  customerId: string | null;
  productName: string | null;
  cardBrand: string | null;
  cardLast4: string | null;
};

export type WrittenAnswer = { content: Answer; document: ShownSection[] };

/** How the personal data of a case stands in its rows. */
export type SealedCase = { id: string; sealedRequest: Buffer | null; wrappedKey: Buffer | null };

/**
 * What is personal of one case, as one actor may see it. This is the only place where it is opened, and what is opened here is
 * masked for who may not read it; nothing is there once it was erased.
 */
export type PersonalData = {
  state: PersonalDataState;
  request: PersonalRequest;
  reason: (sequence: number, sealed: Sealed | null) => string | null;
  answer: (draftVersion: number, sealed: Sealed | null) => WrittenAnswer;
};

/** Bytes, or what PostgreSQL makes of them in JSON: base64. */
type Sealed = Buffer | string;

const nothing: PersonalRequest = {
  ...{ supplement: null, customerId: null, productName: null, cardBrand: null, cardLast4: null },
};

/**
 * Whether an actor sees personal data: by right; who answers has to see what they write; and an institution asked for it, of
 * its own cases.
 */
export const seesPersonalData = ({ kind, rights }: Actor): boolean =>
  kind === 'institution' || rights.has('read_personal_data') || rights.has('answer_cases');

/** Opens what is personal of a case for an actor. Throws when a value is not what was sealed in this very place. */
export function openPersonalData(vault: Vault, actor: Actor, found: SealedCase): PersonalData {
  const { id, sealedRequest, wrappedKey } = found;
  if (wrappedKey === null || sealedRequest === null) return erased;
  const key = vault.caseKey(id, wrappedKey);
  const isMasked = !seesPersonalData(actor);
  return {
    state: isMasked ? 'masked' : 'shown',
    request: openRequest(key, id, sealedRequest, isMasked),
    reason: (sequence, sealed) => {
      if (sealed === null) return null;
      const reason = key.open(bytesOf(sealed), placeOf('case_events.sealed_reason', id, sequence)).toString();
      return isMasked ? maskedText(reason) : reason;
    },
    answer: (draftVersion, sealed) => {
      const place = placeOf('answers.sealed_answer', id, draftVersion);
      const { content, document } = jsonOf<WrittenAnswer>(key.open(bytesOf(sealed ?? ''), place));
      return isMasked
        ? { content: maskedContent(content) as Answer, document: maskedDocument(document) }
        : { content, document };
    },
  };
}

function openRequest(key: Sealing, id: string, sealed: Buffer, isMasked: boolean): PersonalRequest {
  const request = jsonOf<PersonalRequest>(key.open(sealed, placeOf('cases.sealed_request', id)));
  if (!isMasked) return request;
  // Product, brand and last digits stand on every receipt and name nobody.
  return {
    ...request,
    supplement: maskedText(request.supplement),
    customerId: maskedText(request.customerId),
  };
}

const erased: PersonalData = {
  state: 'erased',
  request: nothing,
  reason: () => null,
  answer: () => ({ content: {}, document: [] }),
};

/** The version of what is shown: what is masked or erased is another thing than the same shown. */
export const versionOf = (version: string | number, state: PersonalDataState): string =>
  state === 'shown' ? String(version) : `${version}.${state}`;

export const sealRequest = (key: Sealing, id: string, request: PersonalRequest): Buffer =>
  key.seal(JSON.stringify(request), placeOf('cases.sealed_request', id));

/** What a customer id is looked for by, whole; case numbers and other ids stand in clear and are looked for by their start. */
export const customerIndex = (vault: Vault, customerId: string): Buffer =>
  vault.indexOf('cases.customer_id', customerId);

const bytesOf = (sealed: Sealed): Buffer =>
  typeof sealed === 'string' ? Buffer.from(sealed, 'base64') : sealed;

const jsonOf = <Value>(bytes: Buffer): Value => JSON.parse(bytes.toString()) as Value;
