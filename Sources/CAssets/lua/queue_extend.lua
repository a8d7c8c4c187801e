#!lua flags=allow-oom
-- extend: renews the lease of the jobs that this consumer still owns; deliveries are not counted up.
--
-- KEYS[1]  queue:<name>  stream
-- ARGV[1]  group
-- ARGV[2]  consumer
-- ARGV[3…] job ids
-- Returns the ids that were still owned.
local owned = {}
for a = 3, #ARGV do
  local pending = redis.pcall('XPENDING', KEYS[1], ARGV[1], ARGV[a], ARGV[a], 1)
  if not pending.err and pending[1] and pending[1][2] == ARGV[2] then
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[a], 'JUSTID')
    owned[#owned + 1] = ARGV[a]
  end
end
return owned
