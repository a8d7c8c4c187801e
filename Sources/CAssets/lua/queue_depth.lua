#!lua flags=no-writes
-- depth: what waits in a queue, claimed and postponed jobs included.
--
-- KEYS[1]  meta          hash
-- KEYS[2]  queue:<name>  stream
-- KEYS[3]  retry:<name>  zset
-- ARGV[1]  queue name
-- Returns {records, bytes, age of the oldest entry in ms or -1, postponed jobs, records acknowledged ever, early forgettings of event ids}.
local m = redis.call('HMGET', KEYS[1], 'records:' .. ARGV[1], 'bytes:' .. ARGV[1], 'done:' .. ARGV[1], 'seen:forgotten:' .. ARGV[1])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local first, age = redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 1)[1], -1
if first then
  local since = tonumber(string.match(first[1], '^%d+'))
  for i = 1, #first[2], 2 do
    if first[2][i] == 't' then since = tonumber(first[2][i + 1]) end
  end
  age = math.max(now - since, 0)
end
return {tonumber(m[1] or 0), tonumber(m[2] or 0), age, redis.call('ZCARD', KEYS[3]), tonumber(m[3] or 0), tonumber(m[4] or 0)}
