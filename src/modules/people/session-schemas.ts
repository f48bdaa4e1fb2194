import { z } from 'zod';
import { rights } from '#src/domain/rights.ts';
import { locales } from '#src/domain/text.ts';
import { ClosingDaysView } from '#src/modules/calendar/index.ts';
import { apiValues } from '#src/platform/http/api-values.ts';

export const Credentials = z.object({
  userId: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(256),
});

export const Preferences = z.object({ locale: z.enum(locales), theme: z.enum(['auto', 'light', 'dark']) });

const Membership = z.object({
  id: z.string(),
  mid: apiValues.mid.nullable().meta({ description: 'null: the PSP itself' }),
  merchantName: z.string().nullable(),
});

/** Who is signed in, and what the screens need to know about it. */
export const Session = z
  .object({
    user: z.object({
      id: z.string(),
      userId: z.string(),
      name: z.string(),
      kind: z.enum(['merchant', 'operator']),
      roles: z.array(z.string()),
      rights: z.array(z.enum(rights)),
    }),
    services: z
      .array(z.object({ mid: apiValues.mid, sid: apiValues.sid, name: z.string(), merchantName: z.string() }))
      .meta({ description: 'The services whose cases the user may see; for operators all' }),
    membershipId: z.string(),
    memberships: z.array(Membership).meta({ description: 'Whom the user may work for, this one included' }),
    preferences: Preferences,
    csrfToken: z
      .string()
      .meta({ description: 'To be sent as X-CSRF-Token with every request that changes something' }),
    idleTimeoutSeconds: z.number().int(),
    now: apiValues.instant.meta({
      description: 'The product’s time, by which the screens tell what is left until something is due',
    }),
    closingDays: ClosingDaysView.meta({
      description: 'The PSP’s closing days, which are no business days',
    }),
  })
  .meta({ id: 'Session' });

const methods = z.enum(['totp', 'passkey', 'recovery_code']);

/** What somebody who is logging in has to give next. There is no session before the last step. */
export const SignInStep = z
  .object({
    step: z.enum(['second_factor', 'enrolment', 'recovery_codes', 'membership']),
    methods: z
      .array(methods)
      .meta({ description: 'second_factor: what the user has; enrolment: what they can set up' }),
    memberships: z.array(Membership).meta({ description: 'membership: what there is to choose from' }),
  })
  .meta({ id: 'SignInStep' });

const typedCode = z.string().min(1).max(64);
const fromBrowser = z
  .looseObject({ id: z.string().max(1400) })
  .meta({ description: 'What navigator.credentials gave, as JSON (WebAuthn Level 3)' });

const factors = [
  z.object({ method: z.literal('totp'), code: typedCode }),
  z.object({ method: z.literal('recovery_code'), code: typedCode }),
  z.object({ method: z.literal('passkey'), response: fromBrowser }),
] as const;

export const SecondFactorBody = z.object({ proof: z.discriminatedUnion('method', factors) });

export const ProofBody = z.object({
  proof: z.discriminatedUnion('method', [
    ...factors,
    z.object({ method: z.literal('password'), password: z.string().min(1).max(256) }),
  ]),
});

const newTotp = z.object({ method: z.literal('totp'), code: typedCode });
/** What a person calls one of their passkeys. */
export const PasskeyName = z.string().trim().min(1).max(60);
const newPasskey = z.object({
  method: z.literal('passkey'),
  name: PasskeyName,
  response: fromBrowser,
});

export const FactorBody = z.object({ factor: z.discriminatedUnion('method', [newTotp, newPasskey]) });

export const TotpOffer = z
  .object({
    secret: z.string().meta({ description: 'Base32, to be typed where no code can be scanned' }),
    address: z.string().meta({ description: 'otpauth://…, what the QR code says' }),
  })
  .meta({ id: 'TotpOffer' });

/** Options for navigator.credentials, as the browser takes them. */
export const PasskeyOptions = z.looseObject({ challenge: z.string() }).meta({ id: 'PasskeyOptions' });

const recoveryCodes = z.array(z.string()).meta({ description: 'Shown this once; each works once' });

export const Enrolled = z.object({ recoveryCodes }).meta({ id: 'Enrolled' });

const { instant } = apiValues;

export const SecondFactors = z
  .object({
    totp: z.object({ createdAt: instant }).nullable(),
    passkeys: z.array(
      z.object({ id: z.string(), name: z.string(), createdAt: instant, lastUsedAt: instant.nullable() }),
    ),
    recoveryCodesLeft: z.number().int(),
    isRequired: z.boolean(),
    allowsPasskeys: z.boolean(),
    allowsSingleSignOn: z
      .boolean()
      .meta({ description: 'Who has no factor here proves who they are at the identity provider' }),
  })
  .meta({ id: 'SecondFactors' });

/** After a change of one's second factors: the session with its new proof for changes, and new recovery codes if there are any. */
export const FactorsChanged = z
  .object({ session: Session, recoveryCodes: recoveryCodes.nullable() })
  .meta({ id: 'FactorsChanged' });

/** What the pages know before anybody is signed in. */
export const Environment = z
  .object({
    providerName: z.string(),
    supportMail: z.string(),
    isDemo: z.boolean(),
    singleSignOn: z
      .object({ label: z.string() })
      .nullable()
      .meta({ description: 'What the PSP calls its identity provider, where operators can log in there' }),
  })
  .meta({ id: 'Environment' });
