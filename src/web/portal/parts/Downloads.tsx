import { Group } from '@mantine/core';
import { useTexts } from '../../ui/locale.tsx';
import { ProvenDownload } from './ProvenDownload.tsx';

type Props = { path: string; search?: Readonly<Record<string, string | undefined>> };

const texts = {
  ja: { label: 'ダウンロード', csv: 'CSV', xlsx: 'Excel' },
  en: { label: 'Download', csv: 'CSV', xlsx: 'Excel' },
};

/** A list with its filter as a file, in each format there is. */
export function Downloads({ path, search = {} }: Props) {
  const t = useTexts(texts);
  const filter = Object.entries(search).flatMap(([name, value]) =>
    value === undefined || value === '' || name === 'cursor' ? [] : [[name, value]],
  );
  const query = new URLSearchParams(filter).toString();
  return (
    <Group gap="sm" role="group" aria-label={t.label} className="no-print">
      {(['csv', 'xlsx'] as const).map((format) => (
        <ProvenDownload key={format} href={`/api/v1/${path}.${format}${query && `?${query}`}`}>
          {t[format]}
        </ProvenDownload>
      ))}
    </Group>
  );
}
