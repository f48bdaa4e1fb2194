/** `__Host-` has browsers take a cookie only from us, over a secure or local connection, for the whole site and no other. */
const cookieNamed = (name: string) => {
  const attributes = 'Path=/; HttpOnly; Secure; SameSite=Lax';
  return {
    name,
    set: (token: string, hours: number): string =>
      `${name}=${token}; Max-Age=${Math.round(hours * 3600)}; ${attributes}`,
    clear: (): string => `${name}=; Max-Age=0; ${attributes}`,
    read: (cookies: Readonly<Record<string, string | undefined>>): string | undefined =>
      cookies[name] || undefined,
  };
};

/** Stands for a session. */
export const sessionCookie = cookieNamed('__Host-session');

/** Stands for a sign-in that is under way. */
export const signInCookie = cookieNamed('__Host-sign-in');

/** Stands for somebody who was sent to the identity provider. */
export const ssoCookie = cookieNamed('__Host-single-sign-on');

/** Stands for a device its person has signed in from. */
export const deviceCookie = cookieNamed('__Host-device');

export const signInMinutes = 10;
export const deviceDays = 180;
