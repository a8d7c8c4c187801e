#!lua flags=allow-oom
-- claim: delivers undelivered jobs to a consumer, one after the other, until a limit is reached. The last job may go beyond it.
--
-- KEYS[1]  queue:<name>  stream; its group is created when it is missing (first use, or after a FLUSHALL)
-- ARGV[1]  group
-- ARGV[2]  consumer
-- ARGV[3]  records limit
-- ARGV[4]  bytes limit
-- Returns an array of {id, fields}.
local result, records, bytes, created = {}, 0, 0, false
local maxRecords, maxBytes = tonumber(ARGV[3]), tonumber(ARGV[4])
while records < maxRecords and bytes < maxBytes do
  local reply = redis.pcall('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', 1, 'STREAMS', KEYS[1], '>')
  if not reply then break end
  if reply.err then
    if created or not string.find(reply.err, 'NOGROUP', 1, true) then return reply end
    redis.call('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
    created = true
  else
    local entry = reply[1][2][1]
    result[#result + 1] = entry
    local fields = entry[2]
    for i = 1, #fields, 2 do
      if fields[i] == 'n' then records = records + (tonumber(fields[i + 1]) or 1) end
      if fields[i] == 'd' then bytes = bytes + #fields[i + 1] end
    end
  end
end
return result
