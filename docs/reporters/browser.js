// Reports a page's errors to ErrorIngest. Load it before every other script, after its options:
//   <script>window.errorIngest = { url: "https://errors.example.com", service: "shop-web", release: "1.2.3" };</script>
// Options: url, token, service, environment, release, project. By hand: errorIngest.report(error, { order: 42 }).
(() => {
  "use strict";
  const options = (window.errorIngest = window.errorIngest || {});
  const target = String(options.url || "").replace(/\/+$/, "") + "/errors/batch";
  const maxQueue = 50; // reports held; more are dropped and counted in errorIngest.dropped
  const maxBytes = 60000; // of one request: browsers allow 64 KiB to what outlives the page
  const sendLimitMs = 10000;
  const queue = [];
  const seen = new WeakSet(); // errors reported: one that is caught, reported and thrown again is one error
  let batchSize = 20; // reports in one request
  let failures = 0;
  let timer, sending;
  options.dropped = 0;

  const json = (value) => {
    try {
      return JSON.stringify(value) || String(value);
    } catch {
      return undefined; // such as a circle
    }
  };
  const text = (value) => (typeof value === "string" ? value : json(value) || "(unprintable)");
  const eventId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

  const stackOf = (error) => {
    let stack = String(error.stack || "");
    let cause = error.cause;
    for (let depth = 0; cause && depth < 5; depth++, cause = cause.cause) stack += "\nCaused by: " + (cause.stack || text(cause));
    return stack.slice(0, 16000);
  };

  options.report = (error, context, level) => {
    try {
      const isObject = error !== null && typeof error === "object";
      if (isObject && seen.has(error)) return;
      if (isObject) seen.add(error);
      if (queue.length >= maxQueue) return void options.dropped++;
      const isError = Boolean(error && typeof error.message === "string");
      const details = { url: location.href.slice(0, 1000), userAgent: navigator.userAgent, ...context };
      const report = {
        message: ((isError ? error.message : text(error)) || "(no message)").slice(0, 2000),
        type: isError ? error.name : undefined,
        stackTrace: isError ? stackOf(error) : undefined,
        level: level || "error",
        service: options.service, environment: options.environment, release: options.release, project: options.project,
        timestamp: Date.now(),
        eventId: eventId(), // the same in every attempt: the service counts it once
        context: json(details)?.length < 8000 ? details : { url: details.url }, // unless too large, or circular
      };
      const line = JSON.stringify(report);
      queue.push({ json: line, bytes: new TextEncoder().encode(line).length + 1 });
      schedule(500);
    } catch {
      options.dropped++; // a reporter must not make errors of its own
    }
  };

  const schedule = (delayMs) => {
    if (!timer && !sending && queue.length) timer = setTimeout(flush, delayMs);
  };
  const remove = (batch) => queue.splice(0, queue.length, ...queue.filter((item) => !batch.includes(item)));
  const take = () => {
    let bytes = 1;
    return queue.slice(0, batchSize).filter((item, i) => (bytes += item.bytes) <= maxBytes || i === 0);
  };
  const body = (batch) => "[" + batch.map((item) => item.json).join(",") + "]";
  // Text goes as text/plain, without a preflight, unless there is a token.
  const post = (batch) =>
    fetch(target, {
      method: "POST", body: body(batch), credentials: "omit", signal: AbortSignal.timeout(sendLimitMs),
      keepalive: batch.length > 1 || batch[0].bytes <= maxBytes,
      headers: options.token ? { Authorization: "Bearer " + options.token } : {},
    });

  async function flush() {
    timer = clearTimeout(timer);
    if (sending || !queue.length) return;
    sending = true;
    const batch = take();
    let delayMs = 500;
    try {
      const response = await post(batch);
      const { results } = response.status === 200 || response.status === 503 ? await response.json() : {};
      const isWhole = Array.isArray(results) && results.length === batch.length;
      let done = isWhole ? batch.filter((_, i) => /^(accepted|duplicate|rejected)$/.test(results[i].status)) : [];
      if (response.status === 400 || response.status === 413) {
        // Refused whole: one by one it will be seen which report is to blame.
        if (batch.length === 1) done = batch;
        batchSize = 1;
      }
      remove(done);
      failures = done.length || batchSize < batch.length ? 0 : failures + 1;
      if (failures) delayMs = 1000 * Math.min(Number(response.headers.get("Retry-After")) || 0, 300);
    } catch {
      failures++; // no answer: nobody knows whether it was taken, and the event ids make it safe to send again
    }
    if (failures) delayMs += Math.random() * Math.min(60000, 500 * 2 ** failures);
    sending = false;
    schedule(delayMs);
  }

  addEventListener("error", (event) => {
    const place = { stack: `    at ${event.filename}:${event.lineno}:${event.colno}`, message: event.message, name: "Error" };
    if (event.error || event.message) options.report(event.error || place, { origin: "error" }, "error");
  });
  addEventListener("unhandledrejection", (event) => options.report(event.reason, { origin: "unhandledrejection" }));
  addEventListener("visibilitychange", () => document.visibilityState === "hidden" && !failures && flush());
  addEventListener("pagehide", () => {
    // The last chance. What is under way goes again: the event ids make it count once. Beacons cannot carry a token.
    for (let batch = take(); batch.length; batch = take()) {
      if (options.token) post(batch).catch(() => {});
      else if (!navigator.sendBeacon(target, body(batch))) break;
      remove(batch);
    }
  });
})();
