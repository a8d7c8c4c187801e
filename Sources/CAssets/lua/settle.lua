#!lua flags=allow-oom
-- settle: takes a sealed window out of the list: dropped with its counts, or kept aside for the operator.
--
-- KEYS[1]  meta         hash
-- KEYS[2]  sealed       list
-- KEYS[3]  quarantined  list
-- KEYS[4…19]  count:<window>:<part>, parts 0 … 15
-- ARGV[1]  window
-- ARGV[2]  'drop' or 'quarantine'
-- Returns 1 when the window was in the list, 0 when it was gone already.
if redis.call('LREM', KEYS[2], 1, ARGV[1]) == 0 then return 0 end
local size = 0
for k = 4, 19 do
  size = size + redis.call('HLEN', KEYS[k])
  if ARGV[2] == 'drop' then redis.call('UNLINK', KEYS[k]) end
end
if ARGV[2] == 'quarantine' then redis.call('RPUSH', KEYS[3], ARGV[1]) end
local waiting = tonumber(redis.call('HGET', KEYS[1], 'waiting') or 0) - size
redis.call('HSET', KEYS[1], 'waiting', math.max(waiting, 0))
return 1
