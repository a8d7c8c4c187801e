-- IGNORE: somebody else may have come first. The warnings are read after each statement.
INSERT IGNORE INTO event_users (site_id, day, user_key, batch_token, first_slot, last_slot)
VALUES {(?, ?, ?, ?, ?, ?)}
