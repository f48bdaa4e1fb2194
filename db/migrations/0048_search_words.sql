-- What operators look for parties and users by (横断検索): every ending of their names, ids and addresses, in one form, so that any part of
-- them is found by the start of an ending, in an index. Kept with the names by triggers. Why
-- no trigrams: row-level security lets an index answer comparisons alone, and words of Japanese are often of two letters.

create table search_words (
  kind     text collate "C" not null check (kind in ('merchant', 'institution', 'user')),
  ending   text collate "C" not null,
  subject  text collate "C" not null,
  primary key (kind, ending, subject)
);
create index search_words_by_subject on search_words (kind, subject);
alter table search_words enable row level security;
grant select on search_words to shokai_app;
create policy of_the_provider on search_words for select to shokai_app
  using ((select acting_kind()) in ('operator', 'system'));

-- The form in which words are kept and looked for: no blanks, one width, small letters.
create function search_form(word text) returns text language sql immutable parallel safe as $$
  select lower(regexp_replace(normalize(word, NFKC), '\s', '', 'g'))
$$;

-- Works as the owner: nobody else writes words.
create function keep_search_words(of_kind text, of_subject text, words text[]) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from search_words where kind = of_kind and subject = of_subject;
  insert into search_words (kind, ending, subject)
  select distinct of_kind, substr(form, place, 64), of_subject
  from unnest(words) as word, search_form(word) as form, generate_series(1, length(form)) as place
$$;
revoke all on function keep_search_words(text, text, text[]) from public;

create function keep_words_of_user(person uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  select keep_search_words('user', memberships.id::text, array[users.name, memberships.name, users.email, users.login_id])
  from memberships join users on users.id = memberships.user_id where users.id = person
$$;
revoke all on function keep_words_of_user(uuid) from public;

create function keep_words() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  case tg_table_name
    when 'merchants' then perform keep_search_words('merchant', new.mid, array[new.mid, new.name]);
    when 'institutions' then perform keep_search_words('institution', new.id, array[new.id, new.name]);
    when 'users' then perform keep_words_of_user(new.id);
    when 'memberships' then
      if tg_op = 'DELETE' then
        perform keep_search_words('user', old.id::text, '{}');
      else
        perform keep_words_of_user(new.user_id);
      end if;
  end case;
  return null;
end $$;
revoke all on function keep_words() from public;
create trigger merchants_found after insert or update of name on merchants for each row execute function keep_words();
create trigger institutions_found after insert or update of name on institutions for each row execute function keep_words();
create trigger users_found after update of name, email, login_id on users for each row execute function keep_words();
create trigger memberships_found after insert or update of name or delete on memberships for each row execute function keep_words();

select keep_search_words('merchant', mid, array[mid, name]) from merchants;
select keep_search_words('institution', id, array[id, name]) from institutions;
select keep_words_of_user(id) from users;
