import { NativeSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import type { OutletSettings as Settings } from '#src/domain/replies.ts';
import { useTexts } from '../../../ui/locale.tsx';
import type { Kind } from './adapters-api.ts';
import { replyTexts } from './reply-texts.ts';

type Props = {
  kind: Kind;
  settings: Settings;
  onChange: (part: Partial<Settings>) => void;
  problem: (name: keyof Settings) => string | undefined;
};

/** What one kind of provider wants to know of how answers are sent. */
export function OutletSettings({ kind, ...props }: Props) {
  if (kind === 'stripe') return <OfStripe {...props} />;
  return kind === 'adyen' ? <OfAdyen {...props} /> : <OfMapping {...props} />;
}

type PartProps = Omit<Props, 'kind'>;

function OfStripe({ settings, onChange }: PartProps) {
  const t = useTexts(replyTexts);
  return (
    <Radio.Group
      label={t.mode}
      value={settings.submit ? 'submit' : 'stage'}
      onChange={(value) => onChange({ submit: value === 'submit' })}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="submit" label={t.submit} description={t.submitHint} />
        <Radio value="stage" label={t.stage} description={t.stageHint} />
      </Stack>
    </Radio.Group>
  );
}

function OfAdyen({ settings, onChange, problem }: PartProps) {
  const t = useTexts(replyTexts);
  return (
    <>
      <NativeSelect
        label={t.environment}
        value={settings.environment}
        onChange={(event) =>
          onChange({ environment: event.currentTarget.value === 'test' ? 'test' : 'live' })
        }
        data={[
          { value: 'live', label: t.live },
          { value: 'test', label: t.test },
        ]}
      />
      <TextInput
        label={t.defenseReason}
        description={t.codesHint}
        maxLength={100}
        value={settings.defenseReason}
        error={problem('defenseReason')}
        onChange={(event) => onChange({ defenseReason: event.currentTarget.value })}
      />
      <TextInput
        label={t.documentType}
        maxLength={100}
        value={settings.documentType}
        error={problem('documentType')}
        onChange={(event) => onChange({ documentType: event.currentTarget.value })}
      />
    </>
  );
}

function OfMapping({ settings, onChange, problem }: PartProps) {
  const t = useTexts(replyTexts);
  return (
    <>
      <TextInput
        label={t.url}
        type="url"
        maxLength={2048}
        value={settings.url}
        error={problem('url')}
        onChange={(event) => onChange({ url: event.currentTarget.value })}
      />
      <Textarea
        label={t.mapping}
        description={t.mappingHint}
        autosize
        minRows={6}
        maxRows={24}
        value={settings.mapping}
        error={problem('mapping')}
        onChange={(event) => onChange({ mapping: event.currentTarget.value })}
      />
    </>
  );
}
