-- What every script here ends with: the figures of a run of wrk as one line of JSON, for scripts/lib/bench/load.py.
-- To be found by `require`, wrk must be started in this folder.
local function json(summary, latency)
  local errors = summary.errors
  return string.format(
    'BENCH {"requests":%d,"microseconds":%d,"receivedBytes":%d,"p50":%d,"p99":%d,"p999":%d,"max":%d,'
      .. '"connectErrors":%d,"readErrors":%d,"writeErrors":%d,"timeouts":%d,"refused":%d}\n',
    summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9), latency.max,
    errors.connect, errors.read, errors.write, errors.timeout, errors.status)
end

return function(summary, latency)
  io.write(json(summary, latency))
end
