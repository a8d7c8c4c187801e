SELECT queue, letter_key, state, attempts, first_failed_at, last_failed_at, reason, code, detail, OCTET_LENGTH(payload), payload
FROM dead_letters
WHERE queue = ? AND letter_key = ?
