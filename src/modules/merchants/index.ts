/**
 * Merchants (加盟店) and institutions (決済機関): who they are, their services (MID-SID) and whom they want told. Owns
 * `institutions`, `merchants`, `services` and `contacts`.
 */
export { type Contact, contactsFor } from './contacts-for.ts';
export { contactsOf } from './contacts-of.ts';
export { createContact, createInstitution, createMerchant } from './create-parties.ts';
export { findParties, type IntakeService, type Parties } from './find-parties.ts';
export {
  findContact,
  findUnreachable,
  markUnreachable,
  type TestedContact,
  type UnreachableContact,
  unmarkContact,
} from './mark-contacts.ts';
export { nameService, type ServiceNames } from './name-service.ts';
export { merchantEndpoints } from './routes.ts';
