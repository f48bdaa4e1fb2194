import { PasswordInput } from '@mantine/core';
import { useTexts } from './locale.tsx';

const texts = {
  ja: {
    show: 'パスワードを表示',
    hint: '15文字以上、128文字以内。関係のない単語をいくつか並べると、長くて覚えやすくなります。記号や数字は必須ではありません。',
  },
  en: {
    show: 'Show the password',
    hint: '15 to 128 characters. A few words that have nothing to do with each other are long and easy to keep. No signs or digits are needed.',
  },
};

type Props = {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
};

/** A password that somebody chooses. It is shown on request instead of being asked for twice. */
export function NewPassword({ id, label, value, onChange, error }: Props) {
  const t = useTexts(texts);
  return (
    <PasswordInput
      id={id}
      label={label}
      description={t.hint}
      name="new-password"
      autoComplete="new-password"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      visibilityToggleButtonProps={{ 'aria-label': t.show, tabIndex: 0 }}
    />
  );
}
