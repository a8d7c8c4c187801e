#!lua flags=no-writes
-- touched: fingerprints of unapplied windows with their values, newest window first, a bounded number of them.
--
-- KEYS[1]  meta    hash
-- KEYS[2]  sealed  list
-- KEYS[3]  count:  prefix of the count hashes; the script appends <window>:<part>
-- ARGV[1]  fingerprints returned at most (about)
-- Returns {fingerprint, packed value, fingerprint, packed value, …}; a fingerprint may come once per window. Of a value no more than
-- its header and first minute: the caller wants the time of the last occurrence, and a value may have thousands of minutes.
local budget = tonumber(ARGV[1])
local windows = redis.call('LRANGE', KEYS[2], -3, -1)
local open = redis.call('HGET', KEYS[1], 'window')
if open then windows[#windows + 1] = open end
local result = {}
for w = #windows, 1, -1 do
  local share = math.ceil(budget / 16)
  for part = 0, 15 do
    if budget <= 0 then return result end
    local key = KEYS[3] .. windows[w] .. ':' .. part
    local found
    if redis.call('HLEN', key) <= share then
      found = redis.call('HGETALL', key)
    else
      found = redis.call('HSCAN', key, 0, 'COUNT', share)[2]
    end
    for i = 1, math.min(#found, 2 * share) do result[#result + 1] = i % 2 == 0 and string.sub(found[i], 1, 48) or found[i] end
    budget = budget - math.min(#found / 2, share)
  end
end
return result
