import { z } from 'zod';
import { goodsKinds } from '#src/domain/section-shape.ts';
import { apiValues } from '#src/platform/http/api-values.ts';
import { prose } from '#src/platform/http/prose.ts';

const name = z.string().trim().min(1).pipe(prose(100));

const service = {
  sid: apiValues.sid,
  goods: z
    .enum(goodsKinds)
    .nullable()
    .meta({ description: 'What the service sells; null where it is not one kind' }),
  linksProductNames: z.boolean().meta({
    description: 'Whether detailed product names come with its payments (詳細商品名連携)',
  }),
};

export const ServiceChange = z
  .strictObject({ ...service, name, isStopped: z.boolean() })
  .meta({ id: 'ServiceChange' });

const services = z.array(ServiceChange).min(1).max(999);

export const NewMerchant = z.strictObject({ mid: apiValues.mid, name, services }).meta({ id: 'NewMerchant' });

export const MerchantChange = z
  .strictObject({
    name,
    isStopped: z.boolean().meta({ description: 'Whether nothing more is taken in for it' }),
    services: services.meta({ description: 'All of them: one that is there cannot be left out' }),
  })
  .meta({ id: 'MerchantChange' });

const row = { mid: apiValues.mid, name: z.string(), stoppedAt: apiValues.instant.nullable() };

export const MerchantRow = z
  .object({
    ...row,
    services: z.number().int(),
    users: z.number().int().meta({ description: 'Users who are not disabled' }),
    contacts: z.number().int(),
    waiting: z.number().int().meta({ description: 'Cases that wait for an answer' }),
  })
  .meta({ id: 'MerchantRow' });

export const MerchantPage = z
  .object({ data: z.array(MerchantRow), nextCursor: z.string().nullable() })
  .meta({ id: 'MerchantPage' });

export const Merchant = z
  .object({
    ...row,
    version: z.number().int(),
    services: z.array(z.object({ ...service, name: z.string(), stoppedAt: apiValues.instant.nullable() })),
    users: z.number().int(),
    contacts: z.number().int(),
    waiting: z.number().int(),
  })
  .meta({ id: 'Merchant' });

export const MerchantFilter = z.object({
  q: z.string().trim().max(100).optional().meta({ description: 'Part of a name, or the start of the MID' }),
  state: z.enum(['active', 'stopped']).optional(),
});
