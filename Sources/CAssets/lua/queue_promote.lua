#!lua flags=allow-oom
-- promote: puts postponed jobs that are due back into the queue.
--
-- KEYS[1]  queue:<name>  stream
-- KEYS[2]  retry:<name>  zset: member '<id> <packed job>', score due ms
-- ARGV[1]  jobs moved at most
-- Returns how many were moved.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local due = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, ARGV[1])
for _, member in ipairs(due) do
  if redis.call('ZREM', KEYS[2], member) == 1 then
    local space = string.find(member, ' ', 1, true)
    redis.call('XADD', KEYS[1], '*', unpack(cmsgpack.unpack(string.sub(member, space + 1))))
  end
end
return #due
