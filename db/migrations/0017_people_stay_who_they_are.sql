-- A hole in the second wall: a merchant's transaction could name anybody as a user of its own merchant, and then change that
-- person. Merchants make no people and no memberships (an invitation is accepted by who has not signed in yet), and of people
-- they change themselves alone.

create policy not_made_by_merchants on users as restrictive for insert to shokai_app
  with check ((select acting_kind()) <> 'merchant');
create policy changed_by_oneself on users as restrictive for update to shokai_app
  using ((select acting_kind()) <> 'merchant' or id = (select acting_id()));
create policy not_made_by_merchants on memberships as restrictive for insert to shokai_app
  with check ((select acting_kind()) <> 'merchant');

-- A membership is one person's for one merchant or the PSP, from its beginning to its end.
create function refuse_change_of_person() returns trigger language plpgsql as $$
begin
  if (old.id, old.user_id, old.mid) is distinct from (new.id, new.user_id, new.mid) then
    raise exception 'a membership stays whose it is' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create trigger memberships_stay_whose_they_are before update on memberships
  for each row execute function refuse_change_of_person();
