-- Errors stored before their words were indexed, in the order of their fingerprints.
SELECT d.fingerprint, d.type, LEFT(d.message, 1024), d.received_at, e.project, d.service, d.environment, d.`release`
FROM error_details d JOIN errors e ON e.fingerprint = d.fingerprint
WHERE d.fingerprint > ? AND e.word_bits_low IS NULL
ORDER BY d.fingerprint LIMIT ?
