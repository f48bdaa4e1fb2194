import { Checkbox, Group, Radio, Stack } from '@mantine/core';
import { useSession } from '../../../api/session.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { roleLabel, rolesOf } from './role-labels.ts';
import { texts } from './texts.ts';

/** Roles and services as they are being chosen; services are all while `isLimited` is not set. */
export type AccessChoice = { roles: string[]; isLimited: boolean; sids: string[] };

type Props = {
  mid: string | null;
  choice: AccessChoice;
  onChange: (choice: AccessChoice) => void;
  errors: { roles: string | undefined; sids: string | undefined };
};

/** What a user may do, and for which services. Operators see all merchants, so they have no services. */
export function AccessFields({ mid, choice, onChange, errors }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const services = useSession().services.filter((service) => service.mid === mid);
  const { roles, isLimited, sids } = choice;
  return (
    <Stack gap="sm">
      <Checkbox.Group
        id="roles"
        tabIndex={-1}
        label={t.roles}
        value={roles}
        onChange={(chosen) => onChange({ ...choice, roles: chosen })}
        error={errors.roles}
      >
        <Group gap="md" py={4}>
          {rolesOf(mid).map((role) => (
            <Checkbox key={role} value={role} label={roleLabel(role, locale)} />
          ))}
        </Group>
      </Checkbox.Group>
      {mid !== null && (
        <Radio.Group
          id="sids"
          tabIndex={-1}
          label={t.services}
          value={isLimited ? 'some' : 'all'}
          onChange={(value) => onChange({ ...choice, isLimited: value === 'some' })}
          error={errors.sids}
        >
          <Group gap="md" py={4}>
            <Radio value="all" label={t.allServices} />
            <Radio value="some" label={t.someServices} />
          </Group>
        </Radio.Group>
      )}
      {mid !== null && isLimited && (
        <Checkbox.Group
          aria-label={t.someServices}
          value={sids}
          onChange={(chosen) => onChange({ ...choice, sids: chosen })}
        >
          <Stack gap={6} pl="md">
            {services.map(({ sid, name }) => (
              <Checkbox key={sid} value={sid} label={`${sid} ${name}`} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </Stack>
  );
}
