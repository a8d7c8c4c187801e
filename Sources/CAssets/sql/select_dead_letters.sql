SELECT l.queue, l.letter_key, l.state, l.attempts, l.first_failed_at, l.last_failed_at, l.reason, l.code, l.detail, OCTET_LENGTH(l.payload)
FROM dead_letters l FORCE INDEX (PRIMARY)
WHERE
