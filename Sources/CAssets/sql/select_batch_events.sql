-- Which of these events of one day of receipt were stored by this batch.
SELECT event_key FROM events FORCE INDEX (PRIMARY)
WHERE received_on = ? AND batch_token = ? AND event_key IN ({?})
