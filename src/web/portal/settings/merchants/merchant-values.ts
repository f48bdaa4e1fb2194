import type { Merchant } from '../../../api/parties.ts';
import type { texts } from './texts.ts';

type Texts = (typeof texts)['ja'];
export type Goods = Merchant['services'][number]['goods'];

/** A service as it is typed; `isNew` while it is not stored, so that it can still be left out. */
export type ServiceValues = {
  sid: string;
  name: string;
  goods: Goods;
  linksProductNames: boolean;
  isStopped: boolean;
  isNew: boolean;
};

export type MerchantValues = { mid: string; name: string; isStopped: boolean; services: ServiceValues[] };

export const aNewService: ServiceValues = {
  ...{ sid: '', name: '', goods: null },
  ...{ linksProductNames: false, isStopped: false, isNew: true },
};

export const aNewMerchant: MerchantValues = { mid: '', name: '', isStopped: false, services: [aNewService] };

export const valuesOf = ({ mid, name, stoppedAt, services }: Merchant): MerchantValues => ({
  ...{ mid, name, isStopped: stoppedAt !== null },
  services: services.map(({ stoppedAt: since, ...each }) => ({
    ...each,
    isStopped: since !== null,
    isNew: false,
  })),
});

/** What is sent of the services. */
export const servicesIn = ({ services }: MerchantValues) =>
  services.map(({ isNew: _, name, ...each }) => ({ ...each, name: name.trim() }));

/** What is wrong with what was typed, by the names of the fields. */
export function wrongIn({ mid, name, services }: MerchantValues, t: Texts): Record<string, string> {
  const wrong: [string, string | false][] = [
    ['mid', !/^\d{5}$/.test(mid) && t.midNeeded],
    ['name', name.trim() === '' && t.nameNeeded],
    ...services.flatMap((service, place): [string, string | false][] => {
      const isTwice = services.findIndex(({ sid }) => sid === service.sid) < place;
      return [
        [`sid-${place}`, (!/^\d{3}$/.test(service.sid) && t.sidNeeded) || (isTwice && t.sidTwice)],
        [`name-${place}`, service.name.trim() === '' && t.serviceNameNeeded],
      ];
    }),
  ];
  return Object.fromEntries(wrong.filter((each): each is [string, string] => each[1] !== false));
}
