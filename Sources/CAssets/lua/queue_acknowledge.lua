#!lua flags=allow-oom
-- acknowledge: removes the jobs that this consumer still owns. XACK alone would take one from anyone.
--
-- KEYS[1]  meta          hash
-- KEYS[2]  queue:<name>  stream
-- ARGV[1]  queue name
-- ARGV[2]  group
-- ARGV[3]  consumer
-- ARGV[4…] per job 3: id, records (0: look it up), bytes
-- Returns the ids that were removed.
local removed, records, bytes = {}, 0, 0
for a = 4, #ARGV, 3 do
  local pending = redis.pcall('XPENDING', KEYS[2], ARGV[2], ARGV[a], ARGV[a], 1)
  local n = tonumber(ARGV[a + 1])
  if n == 0 then
    local entry = redis.call('XRANGE', KEYS[2], ARGV[a], ARGV[a])[1]
    for i = 1, entry and #entry[2] or 0, 2 do
      if entry[2][i] == 'n' then n = tonumber(entry[2][i + 1]) or 0 end
    end
  end
  if not pending.err and pending[1] and pending[1][2] == ARGV[3]
    and redis.call('XACK', KEYS[2], ARGV[2], ARGV[a]) == 1 then
    redis.call('XDEL', KEYS[2], ARGV[a])
    records = records + n
    bytes = bytes + tonumber(ARGV[a + 2])
    removed[#removed + 1] = ARGV[a]
  end
end
if #removed > 0 then
  local m = redis.call('HMGET', KEYS[1], 'records:' .. ARGV[1], 'bytes:' .. ARGV[1], 'done:' .. ARGV[1])
  redis.call('HSET', KEYS[1], 'records:' .. ARGV[1], math.max(tonumber(m[1] or 0) - records, 0),
    'bytes:' .. ARGV[1], math.max(tonumber(m[2] or 0) - bytes, 0),
    'done:' .. ARGV[1], string.format('%.0f', tonumber(m[3] or 0) + records))
end
return removed
