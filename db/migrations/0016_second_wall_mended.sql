-- Holes in the second wall that its proof found (docs/decisions/0016).

-- An announcement tells the contacts of a service about a case, so it can be of no other service than its case. Merchants
-- have no part in it: requests are taken in by institutions and the provider, and told of by the product.

drop policy of_own_cases on announcements;

create policy of_own_cases on announcements for select to shokai_app using (
  (select acting_kind()) in ('operator', 'system') or exists (select from cases where cases.id = case_id));
create policy made_with_their_case on announcements for insert to shokai_app with check (
  (select acting_kind()) in ('institution', 'operator', 'system')
  and exists (select from cases where cases.id = case_id
    and (cases.mid, cases.sid, cases.category) = (announcements.mid, announcements.sid, announcements.category)));
create policy told_by_the_product on announcements for update to shokai_app using (
  (select acting_kind()) in ('operator', 'system'));

-- A trigger's function is called by its trigger alone.
revoke all on function require_audit_entry() from public;
