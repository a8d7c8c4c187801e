#!lua
-- append: adds jobs to a queue, all of them or none.
--
-- KEYS[1]  meta            hash
-- KEYS[2]  queue:<name>    stream
-- ARGV[1]  queue name
-- ARGV[2]  records limit
-- ARGV[3]  bytes limit
-- ARGV[4…] per job 5: format version, records, deaths, replay key ('' for none), framed records
-- Returns {0} when added, {1, records, bytes} when the queue is full: nothing was added.
local m = redis.call('HMGET', KEYS[1], 'records:' .. ARGV[1], 'bytes:' .. ARGV[1])
local records, bytes = tonumber(m[1] or 0), tonumber(m[2] or 0)
local newRecords, newBytes = 0, 0
for a = 4, #ARGV, 5 do
  newRecords = newRecords + tonumber(ARGV[a + 1])
  newBytes = newBytes + #ARGV[a + 4]
end
if records + newRecords > tonumber(ARGV[2]) or bytes + newBytes > tonumber(ARGV[3]) then return {1, records, bytes} end
for a = 4, #ARGV, 5 do
  redis.call('XADD', KEYS[2], '*', 'v', ARGV[a], 'n', ARGV[a + 1], 'x', ARGV[a + 2], 'k', ARGV[a + 3], 'd', ARGV[a + 4])
end
redis.call('HSET', KEYS[1], 'records:' .. ARGV[1], records + newRecords, 'bytes:' .. ARGV[1], bytes + newBytes)
return {0}
