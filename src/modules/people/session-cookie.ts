/** `__Host-` has browsers take it only from us, over a secure or local connection, for the whole site and no other. */
const name = '__Host-session';

const attributes = 'Path=/; HttpOnly; Secure; SameSite=Lax';

export const sessionCookie = {
  name,
  set: (token: string, hours: number): string => `${name}=${token}; Max-Age=${hours * 3600}; ${attributes}`,
  clear: (): string => `${name}=; Max-Age=0; ${attributes}`,
  read: (cookies: Readonly<Record<string, string | undefined>>): string | undefined =>
    cookies[name] || undefined,
};
