INSERT INTO errors (fingerprint, `count`, first_seen_at, last_seen_at)
VALUES {(?, ?, ?, ?)}
ON DUPLICATE KEY UPDATE
  `count` = `count` + VALUES(`count`),
  first_seen_at = LEAST(first_seen_at, VALUES(first_seen_at)),
  last_seen_at = GREATEST(last_seen_at, VALUES(last_seen_at))
