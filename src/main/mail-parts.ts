import type { MailParts } from '#src/modules/mail/index.ts';
import type { Config } from './config.ts';

/** How mails are written: as the PSP shows itself in them, and kept where there is no mail server. */
export const mailPartsOf = ({ PROVIDER_NAME, SUPPORT_MAIL, SMTP_URL, baseUrl }: Config): MailParts => ({
  sender: { providerName: PROVIDER_NAME, supportMail: SUPPORT_MAIL, baseUrl },
  isKept: SMTP_URL === undefined,
});
