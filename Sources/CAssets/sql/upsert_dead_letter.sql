INSERT INTO dead_letters (queue, letter_key, attempts, first_failed_at, last_failed_at, reason, code, detail, payload)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE
  state = 'dead',
  attempts = attempts + VALUES(attempts),
  last_failed_at = VALUES(last_failed_at),
  reason = VALUES(reason),
  code = VALUES(code),
  detail = VALUES(detail),
  payload = VALUES(payload)
