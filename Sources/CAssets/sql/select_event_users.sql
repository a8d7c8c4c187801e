-- By the primary key. MariaDB makes ranges of it up to in_predicate_conversion_threshold values (1,000), which is more than a statement has.
SELECT site_id, day, user_key, batch_token, first_slot, last_slot FROM event_users FORCE INDEX (PRIMARY)
WHERE (site_id, day, user_key) IN ({(?, ?, ?)})
