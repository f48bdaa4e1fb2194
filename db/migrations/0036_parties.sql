-- Institutions and merchants that operators make, change, retire and stop. Nothing of them is removed: cases name them for ever.

alter table institutions
  add column kind text collate "C" not null default 'card'
    check (kind in ('card', 'carrier', 'wallet', 'bank', 'other')),
  -- Nothing more is taken in from it; what is there is answered and fetched as before.
  add column retired_at timestamptz,
  -- Two people who change one are told of each other.
  add column version integer not null default 1;

alter table merchants
  -- Nothing more is taken in for it.
  add column stopped_at timestamptz,
  -- Of the merchant and its services together, which are changed together.
  add column version integer not null default 1;

alter table services
  -- What the service sells, where it is one kind.
  add column goods text collate "C" check (goods in ('physical', 'digital', 'subscription', 'lodging')),
  -- Whether its system sends detailed product names (詳細商品名連携) with payments.
  add column links_product_names boolean not null default false,
  add column stopped_at timestamptz;
