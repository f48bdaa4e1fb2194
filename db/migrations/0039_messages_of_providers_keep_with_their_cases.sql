-- A message of a provider tells what its case tells. It is emptied when the case is erased, however young it is, and stays as long
-- as a legal hold keeps the case, however old it is.
create or replace function erase_adapter_messages(older_than_days integer, at_most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  erased integer;
begin
  if acting_kind() is distinct from 'system' then
    raise exception 'only the product itself erases' using errcode = 'insufficient_privilege';
  end if;
  update adapter_messages set sealed_body = null
  where id in (select message.id
               from adapter_messages message left join cases on cases.id = message.case_id
               where message.sealed_body is not null
                 and (cases.erased_at is not null or message.received_at < now() - make_interval(days => older_than_days))
                 and not exists (select from legal_holds where case_id = message.case_id and lifted_at is null)
               order by message.received_at limit at_most for update of message skip locked);
  get diagnostics erased = row_count;
  return erased;
end $$;
