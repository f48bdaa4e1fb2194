import { Anchor, List, Text } from '@mantine/core';
import { isProblem } from '../api/problem-error.ts';
import { Notice } from './Notice.tsx';

/** What the API says is wrong with one field of a form; nested values belong to the field they are in. */
export function problemOf(error: unknown, field: string): string | undefined {
  if (!isProblem(error)) return undefined;
  return error.errors.find(({ pointer }) => pointer.split('/')[1] === field)?.detail;
}

type Props = {
  error: unknown;
  /** The fields of the form, with their labels and the ids of their inputs. */
  fields?: Readonly<Record<string, { label: string; id: string }>>;
};

/** Why what was sent was refused, with the way to each field that has to be mended. */
export function Problems({ error, fields = {} }: Props) {
  if (!isProblem(error)) return null;
  const found = Object.entries(fields).flatMap(([name, field]) => {
    const detail = problemOf(error, name);
    return detail ? [{ ...field, detail }] : [];
  });
  return (
    <Notice kind="error">
      <Text size="sm">{error.message}</Text>
      {found.length > 0 && (
        <List size="sm">
          {found.map(({ label, id, detail }) => (
            <List.Item key={id}>
              <Anchor href={`#${id}`} onClick={(event) => goTo(event, id)}>
                {label}: {detail}
              </Anchor>
            </List.Item>
          ))}
        </List>
      )}
    </Notice>
  );
}

/** By hand, because the address's fragment may be somebody's secret link. */
function goTo(event: { preventDefault: () => void }, id: string): void {
  event.preventDefault();
  document.getElementById(id)?.focus();
}
