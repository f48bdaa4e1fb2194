import { ScrollArea, Title } from '@mantine/core';
import { useTexts } from '../../../ui/locale.tsx';
import { useFieldLabels } from './field-labels.ts';
import styles from './files.module.css';
import type { Import, ImportPreview } from './import-api.ts';
import { texts } from './texts.ts';

type Props = { preview: ImportPreview; mapping: Import['mapping'] };
type Row = ImportPreview['rows'][number];

/** The first rows as they stand in the file, with what is wrong at each cell. */
export function PreviewTable({ preview, mapping }: Props) {
  const t = useTexts(texts);
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t.preview}
      </Title>
      <ScrollArea viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t.preview }}>
        <table className={styles.preview}>
          <thead>
            <tr>
              <th scope="col">{t.line}</th>
              <th scope="col">{t.outcome}</th>
              {columnsOf(preview.header).map(({ name, id }) => (
                <th key={id} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row) => (
              <PreviewRow key={row.line} row={row} header={preview.header} mapping={mapping} />
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </section>
  );
}

function PreviewRow({
  row,
  header,
  mapping,
}: {
  row: Row;
  header: readonly string[];
  mapping: Import['mapping'];
}) {
  const t = useTexts(texts);
  const labels = useFieldLabels();
  const at = (name: string): Row['problems'] =>
    row.problems.filter(({ field }) => field !== null && mapping?.columns[field] === name);
  const elsewhere = row.problems.filter(({ field }) => field === null || !mapping?.columns[field]);
  return (
    <tr data-outcome={row.outcome ?? 'none'}>
      <th scope="row">{row.line}</th>
      <td>
        {row.outcome && t.outcomes[row.outcome]}
        {elsewhere.map(({ field, code, detail }) => (
          <small key={`${field}-${code}`} className={styles.problem}>
            {field && labels[field]}: {detail}
          </small>
        ))}
      </td>
      {columnsOf(header).map(({ name, id, index }) => (
        <td key={id} data-wrong={at(name).length > 0}>
          {row.cells[index] ?? ''}
          {at(name).map(({ code, detail }) => (
            <small key={code} className={styles.problem}>
              {detail}
            </small>
          ))}
        </td>
      ))}
    </tr>
  );
}

/** Columns by letter, as spreadsheets name them; those without a name have nothing else. */
const columnsOf = (header: readonly string[]) =>
  header.map((name, index) => ({ name, index, id: `column-${index + 1}` }));

/** What the check of the whole file found. */
export function ProblemsTable({ found }: { found: Import }) {
  const t = useTexts(texts);
  const labels = useFieldLabels();
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t.problems}
      </Title>
      <ScrollArea.Autosize
        mah="20rem"
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t.problems }}
      >
        <table className={styles.preview}>
          <thead>
            <tr>
              <th scope="col">{t.line}</th>
              <th scope="col">{t.column}</th>
              <th scope="col">{t.problem}</th>
            </tr>
          </thead>
          <tbody>
            {found.problems.map(({ line, field, code, detail }) => (
              <tr key={`${line}-${field}-${code}`}>
                <th scope="row">{line}</th>
                <td>{field && (found.mapping?.columns[field] ?? labels[field])}</td>
                <td>{detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea.Autosize>
    </section>
  );
}
