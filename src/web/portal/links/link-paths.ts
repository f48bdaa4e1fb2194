/** The addresses that mails lead to, for people who are not logged in. */
export const linkPaths = ['/invitation', '/forgotten-password', '/reset-password', '/confirm-email'] as const;

export type LinkPath = (typeof linkPaths)[number];

export const isLinkPage = (path: string): path is LinkPath => linkPaths.some((each) => each === path);
