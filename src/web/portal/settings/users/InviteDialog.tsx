import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSession } from '../../../api/session.ts';
import { type NewUser, useInvite } from '../../../api/users.ts';
import { useTexts } from '../../../ui/locale.tsx';
import { Problems, problemOf } from '../../../ui/problems.tsx';
import { type AccessChoice, AccessFields } from './AccessFields.tsx';
import { merchantsOf } from './merchants-of.ts';
import { texts } from './texts.ts';

type Props = { isOpen: boolean; onClose: () => void; onInvited: (email: string) => void };

/** Invites somebody by mail. */
export function InviteDialog({ isOpen, onClose, onInvited }: Props) {
  const t = useTexts(texts);
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t.invite}
      size="lg"
      closeButtonProps={{ 'aria-label': t.cancel }}
    >
      {isOpen && <InviteForm onClose={onClose} onInvited={onInvited} />}
    </Modal>
  );
}

const operators = 'operators';
const nothing: AccessChoice = { roles: [], isLimited: false, sids: [] };

function InviteForm({ onClose, onInvited }: Omit<Props, 'isOpen'>) {
  const t = useTexts(texts);
  const { user, services } = useSession();
  const isOperator = user.kind === 'operator';
  const [party, setParty] = useState(isOperator ? '' : (services[0]?.mid ?? ''));
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [access, setAccess] = useState(nothing);
  const [isTried, setTried] = useState(false);
  const invite = useInvite();
  const wrong = wrongWith({ party, name, email, access }, t);
  const errorOf = (field: keyof typeof wrong): string | undefined =>
    (isTried ? wrong[field] : undefined) ?? problemOf(invite.error, field);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.values(wrong).some((each) => each !== undefined)) return;
    const mid = isOperator ? { mid: party === operators ? null : party } : {};
    const sids = access.isLimited && party !== operators ? access.sids : null;
    const invited = { ...mid, name, email, roles: access.roles as NewUser['roles'], sids };
    invite.mutate(invited, {
      onSuccess: () => {
        onInvited(email);
        onClose();
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Problems error={invite.error} fields={labelsOf(t)} />
        <Text size="sm">{t.inviteText}</Text>
        {isOperator && (
          <PartySelect
            value={party}
            onChange={(chosen) => {
              setParty(chosen);
              setAccess(nothing);
            }}
            error={errorOf('mid')}
          />
        )}
        <TextInput
          id="name"
          label={t.name}
          data-autofocus
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errorOf('name')}
        />
        <TextInput
          id="email"
          label={t.email}
          type="email"
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={errorOf('email')}
        />
        {party !== '' && (
          <AccessFields
            mid={party === operators ? null : party}
            choice={access}
            onChange={setAccess}
            errors={{ roles: errorOf('roles'), sids: errorOf('sids') }}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={invite.isPending}>
            {t.sendInvitation}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const labelsOf = (t: (typeof texts)['ja']) => ({
  name: { label: t.name, id: 'name' },
  email: { label: t.email, id: 'email' },
  roles: { label: t.roles, id: 'roles' },
  sids: { label: t.services, id: 'sids' },
});

type PartyProps = { value: string; onChange: (party: string) => void; error: string | undefined };

/** Whose user somebody becomes: an operator chooses a merchant or the operators. */
function PartySelect({ value, onChange, error }: PartyProps) {
  const t = useTexts(texts);
  const { services } = useSession();
  return (
    <NativeSelect
      label={t.merchant}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: t.choose },
        { value: operators, label: t.operators },
        ...merchantsOf(services),
      ]}
      error={error}
    />
  );
}

type Typed = { party: string; name: string; email: string; access: AccessChoice };

/** What has to be there before anything is sent; the API checks the rest. */
function wrongWith({ party, name, email, access }: Typed, t: (typeof texts)['ja']) {
  return {
    mid: party === '' ? t.chooseMerchant : undefined,
    name: name.trim() === '' ? t.enterName : undefined,
    email: email.trim() === '' ? t.enterEmail : undefined,
    ...wrongWithAccess(access, t),
  };
}

/** A user without any role could do nothing, and one limited to no service neither. */
export const wrongWithAccess = ({ roles, isLimited, sids }: AccessChoice, t: (typeof texts)['ja']) => ({
  roles: roles.length === 0 ? t.chooseRole : undefined,
  sids: isLimited && sids.length === 0 ? t.chooseService : undefined,
});
