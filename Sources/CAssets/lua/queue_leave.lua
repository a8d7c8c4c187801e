#!lua flags=allow-oom
-- leave: removes a consumer, and others unheard of for long, each only when it holds nothing.
--
-- KEYS[1]  queue:<name>  stream
-- ARGV[1]  group
-- ARGV[2]  consumer that leaves
-- ARGV[3]  ms after which a silent consumer that holds nothing is forgotten
-- Returns how many were removed.
local consumers = redis.pcall('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])
if consumers.err then return 0 end
local removed = 0
for _, c in ipairs(consumers) do
  local field = {}
  for i = 1, #c, 2 do field[c[i]] = c[i + 1] end
  if field.pending == 0 and (field.name == ARGV[2] or field.idle > tonumber(ARGV[3])) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], field.name)
    removed = removed + 1
  end
end
return removed
