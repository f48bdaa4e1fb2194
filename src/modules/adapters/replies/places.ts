import { adyenPlaces } from './send-to-adyen.ts';

/** Where providers are; other places than their own are for tests alone. */
export type Places = { stripe: string; adyen: (environment: 'test' | 'live') => string };

type Settings = { STRIPE_API_URL: string; ADYEN_DISPUTES_URL?: string | undefined };

export const placesOf = ({ STRIPE_API_URL: stripe, ADYEN_DISPUTES_URL: adyen }: Settings): Places => ({
  stripe: stripe.replace(/\/$/, ''),
  adyen: (environment) => adyen?.replace(/\/$/, '') ?? adyenPlaces[environment],
});
