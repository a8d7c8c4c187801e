-- Of rows that are there: when a user was seen first and last on a day.
INSERT INTO event_users (site_id, day, user_key, batch_token, first_slot, last_slot)
VALUES {(?, ?, ?, ?, ?, ?)}
ON DUPLICATE KEY UPDATE
  first_slot = LEAST(first_slot, VALUES(first_slot)),
  last_slot = GREATEST(last_slot, VALUES(last_slot))
