-- Those that are still old, and that nobody is writing at this moment: whoever holds the row of an error has just seen it again, or
-- is changing it, and it is looked at again with the next pass. Nothing is waited for, so nothing can deadlock.
SELECT fingerprint FROM errors FORCE INDEX (PRIMARY)
WHERE fingerprint IN ({?}) AND last_seen_at < ?
FOR UPDATE SKIP LOCKED
