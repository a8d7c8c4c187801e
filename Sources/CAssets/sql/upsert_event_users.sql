-- A row keeps the token of the batch that inserted it. MariaDB tells the tokens at once: RETURNING batch_token is put behind.
INSERT INTO event_users (site_id, day, user_key, batch_token, first_slot, last_slot)
VALUES {(?, ?, ?, ?, ?, ?)}
ON DUPLICATE KEY UPDATE
  first_slot = LEAST(first_slot, VALUES(first_slot)),
  last_slot = GREATEST(last_slot, VALUES(last_slot))
