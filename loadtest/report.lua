-- One hot error for wrk (Debian package `wrk`), a report of 300 bytes:
--
--   wrk -t1 -c64 -d10 --latency -s loadtest/report.lua http://127.0.0.1:9002/errors/log
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"message":"Cannot read properties of undefined (reading \'total\')","type":"TypeError",'
  .. '"stackTrace":"TypeError: x\\n    at render (/srv/app/cart.js:42:17)\\n    at main (/srv/app/index.js:10:3)",'
  .. '"service":"checkout","environment":"production","release":"1.4.2-build.77","level":"error","project":"shop"}'

function done(summary, latency, requests)
  if summary.errors.status > 0 then
    io.write(string.format("NOT ACCEPTED: %d answers other than 2xx\n", summary.errors.status))
  end
end
