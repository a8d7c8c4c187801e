-- In the order of the primary key, as all writers of several rows; a scan of the whole table would wait for rows of no concern.
SELECT fingerprint, status, resolved_at, resolved_in_release, `count`, first_seen_at, last_seen_at
FROM errors FORCE INDEX (PRIMARY)
WHERE fingerprint IN ({?})
ORDER BY fingerprint
FOR UPDATE
