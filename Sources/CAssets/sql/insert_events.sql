-- IGNORE: an event that is offered again has its row already. It turns every error into a warning: the warnings are read after each
-- statement.
INSERT IGNORE INTO events (received_on, event_key, batch_token, site_id, event_type, occurred_at, received_at, event_id, path, user_id,
  session_id, url, referrer, value, properties)
VALUES {(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)}
