-- Assignments run from left to right: the status is decided before the times change.
INSERT INTO errors (fingerprint, `count`, first_seen_at, last_seen_at)
VALUES {(?, ?, ?, ?)}
ON DUPLICATE KEY UPDATE
  status = IF(status = 'resolved' AND VALUES(last_seen_at) > resolved_at, 'regressed', status),
  `count` = `count` + VALUES(`count`),
  first_seen_at = LEAST(first_seen_at, VALUES(first_seen_at)),
  last_seen_at = GREATEST(last_seen_at, VALUES(last_seen_at))
