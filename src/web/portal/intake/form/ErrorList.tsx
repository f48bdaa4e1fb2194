import { Anchor, List } from '@mantine/core';
import { type MouseEvent, useEffect, useRef } from 'react';
import { useTexts } from '../../../ui/locale.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { texts } from './texts.ts';
import { type Errors, fieldNames } from './values.ts';

/** What is wrong, with the way to each field; it is brought into view when it comes. */
export function ErrorList({ errors }: { errors: Errors }) {
  const t = useTexts(texts);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (Object.keys(errors).length > 0) place.current?.scrollIntoView({ block: 'center' });
  }, [errors]);
  const goTo = (event: MouseEvent, id: string): void => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
  return (
    <div ref={place}>
      <Notice kind="error" title={t.summary}>
        <List size="sm">
          {fieldNames
            .filter((name) => errors[name as keyof Errors])
            .map((name) => (
              <List.Item key={name}>
                <Anchor href={`#${name}`} onClick={(event) => goTo(event, name)}>
                  {t.fields[name as keyof Errors]}: {errors[name as keyof Errors]}
                </Anchor>
              </List.Item>
            ))}
        </List>
      </Notice>
    </div>
  );
}
