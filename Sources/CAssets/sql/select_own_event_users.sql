-- By the primary key, those that bear a batch's token. MariaDB makes ranges of it up to in_predicate_conversion_threshold values (1,000),
-- which is more than a statement has.
SELECT site_id, day, user_key FROM event_users FORCE INDEX (PRIMARY)
WHERE (site_id, day, user_key) IN ({(?, ?, ?)}) AND batch_token = ?
