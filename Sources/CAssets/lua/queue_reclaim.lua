#!lua flags=allow-oom
-- reclaim: takes over jobs whose lease ran out. A job of another consumer counts one delivery more (its owner died); one of our own
-- (a lost reply) does not.
--
-- KEYS[1]  queue:<name>  stream
-- ARGV[1]  group
-- ARGV[2]  consumer
-- ARGV[3]  lease, ms
-- ARGV[4]  records limit
-- ARGV[5]  bytes limit
-- Returns an array of {id, fields, deaths since it was queued}.
local pending = redis.pcall('XPENDING', KEYS[1], ARGV[1], 'IDLE', ARGV[3], '-', '+', 500)
if pending.err then return {} end
local result, records, bytes = {}, 0, 0
for _, p in ipairs(pending) do
  if records >= tonumber(ARGV[4]) or bytes >= tonumber(ARGV[5]) then break end
  local id, owner, deliveries = p[1], p[2], p[4]
  local entry = redis.call('XRANGE', KEYS[1], id, id)[1]
  if not entry then
    redis.call('XACK', KEYS[1], ARGV[1], id)
  else
    if owner == ARGV[2] then
      redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, id, 'JUSTID')
    else
      redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, id)
      deliveries = deliveries + 1
    end
    result[#result + 1] = {id, entry[2], deliveries - 1}
    local fields = entry[2]
    for i = 1, #fields, 2 do
      if fields[i] == 'n' then records = records + (tonumber(fields[i + 1]) or 1) end
      if fields[i] == 'd' then bytes = bytes + #fields[i + 1] end
    end
  end
end
return result
