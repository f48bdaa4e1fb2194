-- Fraud notices (不正連絡) are a category of their own, and nobody is registered for it yet. Whoever is told of inquiries and
-- cancellations is told of them too, so that none comes that nobody hears of; a merchant takes off whom it does not want.
insert into contacts (id, mid, sid, category, name, email, locale)
select gen_random_uuid(), mid, sid, 'fraud_notice', name, email, locale from contacts where category = 'inquiry_cancellation'
on conflict do nothing;
