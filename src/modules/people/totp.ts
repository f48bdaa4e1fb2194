import { generateSecret, generateURI, verifySync } from 'otplib';

const stepSeconds = 30;

/** A secret for an authenticator app: 160 random bits in base32. */
export const newTotpSecret = (): string => generateSecret({ length: 20 });

/** What the QR code says: the secret, and under which names the app lists it. */
export const totpAddress = (
  secret: string,
  { issuer, loginId }: { issuer: string; loginId: string },
): string => generateURI({ issuer, label: loginId, secret });

/**
 * The step of 30 seconds that a code is right for, or undefined: the current one or the one before it, so that who types
 * slowly is not refused. The caller has to see that each step is accepted once.
 */
export function stepOfCode(secret: string, code: string, at: Date): number | undefined {
  const token = code.normalize('NFKC').replace(/\s/g, '');
  if (!/^[0-9]{6}$/.test(token)) return undefined;
  const epoch = Math.floor(at.getTime() / 1000);
  const result = verifySync({ secret, token, epoch, period: stepSeconds, epochTolerance: [stepSeconds, 0] });
  return result.valid && 'timeStep' in result ? result.timeStep : undefined;
}
