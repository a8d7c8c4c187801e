-- Reports in batches:
--
--   wrk … -s error_batches.lua http://127.0.0.1:9002/errors/batch -- SIZE COUNT
--
-- SIZE   reports in a batch
-- COUNT  how many different errors there are, in each batch and altogether
local word_of, report_of = require "words", require "report_of"
done = require "summary"

local requests, number = {}, 0

function init(args)
  local size, count = tonumber(args[1] or 100), tonumber(args[2] or 40)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  -- Batches that begin with different errors.
  for first = 1, 8 do
    local reports = {}
    for item = 1, size do reports[item] = report_of(word_of((first * 5 + item) % count)) end
    requests[first] = wrk.format(nil, nil, nil, "[" .. table.concat(reports, ",") .. "]")
  end
end

function request()
  number = number % #requests + 1
  return requests[number]
end
