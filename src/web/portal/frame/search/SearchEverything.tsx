import { TextInput } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { api, unwrap } from '../../../api/client.ts';
import { useLocale, useTexts } from '../../../ui/locale.tsx';
import { listOf, type Option, type OptionGroup, optionsOf } from './options-of.ts';
import { Results } from './Results.tsx';
import styles from './search.module.css';
import { searchTexts } from './search-texts.ts';

const longest = 64;
const msOfRest = 150;

/** Finds cases, merchants, institutions and users by one word (横断検索). The key `/` leads here, the arrow keys through what is found. */
export function SearchEverything() {
  const t = useTexts(searchTexts);
  const router = useRouter();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState<string>();
  const q = typed.trim();
  useHotkeys([['/', () => input.current?.focus()]]);
  const { groups, problem } = useFound(q, isOpen);
  const toList: Option = { key: 'list', href: listOf(q), label: t.inList(q), detail: '' };
  const options = [...(groups ?? []).flatMap((group) => group.options), toList];
  const isShown = isOpen && (groups ?? problem) !== undefined;
  const go = ({ href }: Option): void => {
    setOpen(false);
    setActive(undefined);
    input.current?.blur();
    router.history.push(href);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (q !== '') go(options.find(({ key }) => key === active) ?? toList);
  };
  const move = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && isShown) {
      event.preventDefault();
      setOpen(false);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !isShown) return;
    event.preventDefault();
    setActive(nextOf(options, active, step));
  };
  return (
    <form role="search" onSubmit={submit} className={`${styles.search} no-print`}>
      <TextInput
        ref={input}
        size="sm"
        maxLength={longest}
        value={typed}
        placeholder={t.searchShort}
        autoComplete="off"
        role="combobox"
        aria-label={t.search}
        aria-expanded={isShown}
        aria-controls={`${id}-results`}
        aria-autocomplete="list"
        aria-activedescendant={isShown && active ? `${id}-${active}` : undefined}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(undefined);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={move}
      />
      {isShown && <Results {...{ id, problem, toList, active }} groups={groups ?? []} onChoose={go} />}
    </form>
  );
}

type FoundNow = { groups: OptionGroup[] | undefined; problem: string | undefined };

/** What was found by what is typed, once the typing rests, or why nothing could be; undefined while there is nothing to show. */
function useFound(q: string, isOpen: boolean): FoundNow {
  const locale = useLocale();
  const [asked] = useDebouncedValue(q, msOfRest);
  const { data, error } = useQuery({
    queryKey: ['search', asked],
    queryFn: () => unwrap(api.GET('/api/v1/search', { params: { query: { q: asked } } })),
    enabled: isOpen && asked !== '',
    placeholderData: keepPreviousData,
  });
  if (q === '') return { groups: undefined, problem: undefined };
  return { groups: data && optionsOf(data, locale), problem: error?.message };
}

/** The one after or before the one that is chosen, round and round. */
function nextOf(options: readonly Option[], active: string | undefined, step: number): string | undefined {
  const place = options.findIndex(({ key }) => key === active);
  const next = place === -1 && step === -1 ? options.length - 1 : place + step;
  return options[(next + options.length) % options.length]?.key;
}
