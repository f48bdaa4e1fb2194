import { TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef } from 'react';
import { useTexts } from '../../ui/locale.tsx';
import styles from './Frame.module.css';
import { texts } from './texts.ts';

const longest = 64;

/** Finds cases by the start of one of their numbers, whatever their status. The key `/` leads here. */
export function SearchBox() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => input.current?.focus()]]);
  const search = (event: FormEvent): void => {
    event.preventDefault();
    const q = input.current?.value.trim() ?? '';
    if (q === '') return;
    const status = 'received,correcting,answered,withdrawn,expired';
    void navigate({ to: '/cases', search: { q, status } });
  };
  return (
    <form role="search" onSubmit={search} className={`${styles.search} no-print`}>
      <TextInput
        ref={input}
        type="search"
        size="sm"
        maxLength={longest}
        aria-label={t.search}
        placeholder={t.searchShort}
      />
    </form>
  );
}
