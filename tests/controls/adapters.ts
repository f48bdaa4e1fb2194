import type { Control } from './control.ts';

const adapters = 'src/modules/adapters/adapters.test.ts';
const signed = 'src/modules/adapters/is-signed.ts';

/** What keeps messages of providers to those who signed them, to once each, and to their own institution. */
export const adapterControls: readonly Control[] = [
  {
    without: 'the signature of Stripe',
    file: signed,
    take: "name === 'v1' && isEqual(value ?? '', expected)",
    put: "name === 'v1' && expected !== value?.slice(1)",
    tests: adapters,
    fails: 'with a wrong signature',
  },
  {
    without: 'the signature of Adyen',
    file: signed,
    take: "return isEqual(String(objectIn(item.additionalData).hmacSignature ?? ''), expected);",
    put: "return expected !== '';",
    tests: adapters,
    fails: 'with a wrong signature',
  },
  {
    without: 'the 300 seconds of tolerance',
    file: signed,
    take: 'const toleranceSeconds = 300;',
    put: 'const toleranceSeconds = 3000;',
    tests: adapters,
    fails: 'with a wrong signature',
  },
  {
    without: 'knowing a message again',
    file: 'src/modules/adapters/receive-message.ts',
    take: 'eventKey: eventKey.slice(0, 300), text',
    put: 'eventKey: eventKey.slice(0, 200) + newId(), text',
    tests: adapters,
    fails: 'does nothing twice',
  },
  {
    without: 'knowing the end that came before the beginning',
    file: 'src/modules/adapters/apply-message.ts',
    take: 'return found !== undefined;',
    put: 'return found === null;',
    tests: adapters,
    fails: 'comes before its beginning',
  },
  {
    without: 'refusing a card number',
    file: 'src/modules/adapters/read-message.ts',
    take: 'if (cards.length > 0) return',
    put: 'if (cards.length > 1000) return',
    tests: adapters,
    fails: 'with a card number',
  },
  {
    without: 'the end of the overlap of a secret',
    file: 'src/modules/adapters/receive-message.ts',
    take: '(expires_at is null or expires_at > now())',
    put: "(expires_at is null or expires_at > now() - interval '1 day')",
    tests: adapters,
    fails: 'believed until its overlap is over',
  },
  {
    without: 'being for operators alone',
    file: 'src/modules/adapters/routes.ts',
    take: "const operators = { kinds: ['operator'], right: 'take_in_cases' } as const;",
    put: "const operators = { kinds: ['operator', 'merchant', 'institution'], right: 'read_cases' } as const;",
    tests: adapters,
    fails: 'nobody’s to see',
  },
  {
    without: 'being off',
    file: 'src/modules/adapters/receive-message.ts',
    take: "if (!rules?.isOn) throw new Refusal('wrong_signature');",
    put: "if (!rules) throw new Refusal('wrong_signature');",
    tests: adapters,
    fails: 'that is off or unknown',
  },
  {
    without: 'telling of a due instant that was moved',
    file: 'src/modules/adapters/apply-message.ts',
    take: "code: 'due_changed', params: { due } }];",
    put: "code: 'due_changed', params: { due } }].slice(1) as Problem[];",
    tests: adapters,
    fails: 'that moves the due instant',
  },
  {
    without: 'keeping what a legal hold keeps',
    file: 'db/migrations/0039_messages_of_providers_keep_with_their_cases.sql',
    take: 'where case_id = message.case_id and lifted_at is null',
    put: 'where case_id = message.case_id and lifted_at is not null',
    tests: adapters,
    fails: 'a legal hold keeps its case',
  },
  {
    without: 'emptying a message with its case',
    file: 'db/migrations/0039_messages_of_providers_keep_with_their_cases.sql',
    take: 'cases.erased_at is not null or ',
    put: '',
    tests: adapters,
    fails: 'is emptied with its case',
  },
];
