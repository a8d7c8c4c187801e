-- By the primary key, those that bear a batch's token. Where there is no INSERT … RETURNING.
SELECT site_id, day, user_key FROM event_users FORCE INDEX (PRIMARY)
WHERE (site_id, day, user_key) IN ({(?, ?, ?)}) AND batch_token = ?
