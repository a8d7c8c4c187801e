// Reports a Node program's errors to ErrorIngest. Node 18 or later, no dependencies.
//   const errorIngest = require("./node.js")({ url: "https://errors.example.com", service: "shop-api", release: "1.2.3" });
//   errorIngest.report(error, { order: 42 });   // never throws, never waits
//   await errorIngest.flush(2000);               // before process.exit(), if you call it
// Options: url, token, service, environment, release, project, lastWordsMs.
// Uncaught exceptions and unhandled rejections are reported by themselves; the process then dies as it would have.
"use strict";
const { randomUUID } = require("node:crypto");
const os = require("node:os");

const maxQueue = 1000; // reports held; more are dropped and counted in errorIngest.dropped
const sendLimitMs = 10000; // of one attempt

module.exports = function errorIngest(options) {
  const target = String(options.url).replace(/\/+$/, "") + "/errors/log";
  const headers = { "content-type": "application/json" };
  if (options.token) headers.authorization = `Bearer ${options.token}`;
  const lastWordsMs = options.lastWordsMs ?? 3000; // how long a dying or finished program may still send
  const queue = [];
  let failures = 0;
  let timer;
  let sending; // the promise of the attempt under way

  const self = { dropped: 0, report, flush };

  function report(error, context = {}, level = "error") {
    try {
      if (queue.length >= maxQueue) return void self.dropped++;
      const isError = error instanceof Error || typeof error?.message === "string";
      queue.push(
        JSON.stringify({
          message: ((isError ? error.message : text(error)) || "(no message)").slice(0, 8000),
          type: isError ? error.name : undefined,
          stackTrace: isError ? stackOf(error) : undefined,
          level,
          service: options.service, environment: options.environment, release: options.release, project: options.project,
          timestamp: Date.now(),
          eventId: randomUUID(), // the same in every attempt: the service counts it once
          // Left out when it is too large, or circular.
          context: { host: os.hostname(), ...(json(context)?.length < 16000 ? context : {}) },
        }),
      );
      schedule(0);
    } catch {
      self.dropped++; // a reporter must not make errors of its own
    }
  }

  // Waits until everything is sent, at most limitMs. Resolves to whether it is.
  async function flush(limitMs) {
    const deadline = Date.now() + limitMs;
    let limit;
    const isOver = new Promise((resolve) => (limit = setTimeout(resolve, limitMs)));
    let isFirst = true; // one attempt at once, whatever wait was under way
    while (queue.length && Date.now() < deadline) {
      if (!isFirst && failures) await wait(Math.min(backoff(), deadline - Date.now()));
      isFirst = false;
      await Promise.race([send(deadline - Date.now()), isOver]);
    }
    clearTimeout(limit); // or it would keep the program alive
    return queue.length === 0;
  }

  let retryAfterMs = 0;
  const backoff = () => retryAfterMs + Math.random() * Math.min(60000, 250 * 2 ** Math.min(failures, 20));

  function schedule(delayMs) {
    if (timer || sending || !queue.length) return;
    timer = setTimeout(async () => {
      timer = undefined;
      await send(sendLimitMs);
      schedule(failures ? backoff() : 0);
    }, delayMs);
    timer.unref(); // never keeps the program alive; what waits at its end is sent by beforeExit
  }

  function send(limitMs) {
    sending ??= attempt(Math.max(1, Math.min(limitMs, sendLimitMs))).finally(() => (sending = undefined));
    return sending;
  }

  // Sends the oldest report. Anything but a verdict leaves it in the queue.
  async function attempt(limitMs) {
    if (!queue.length) return;
    retryAfterMs = 0;
    try {
      const signal = AbortSignal.timeout(limitMs);
      const response = await fetch(target, { method: "POST", headers, body: queue[0], redirect: "manual", signal });
      await response.arrayBuffer();
      const isRefused = [400, 413, 422].includes(response.status); // for what it holds: again will not help
      if (isRefused) self.dropped++;
      if (response.status === 200 || isRefused) {
        queue.shift();
        failures = 0;
        return;
      }
      retryAfterMs = 1000 * Math.min(Number(response.headers.get("retry-after")) || 0, 300);
    } catch {
      // No answer: nobody knows whether it was taken, and the event id makes it safe to send again.
    }
    failures++;
  }

  async function onUncaught(error, origin) {
    report(error, { origin }, "fatal");
    // Somebody else decides whether the program goes on.
    if (process.listenerCount("uncaughtException") > 1) return;
    await flush(lastWordsMs);
    // Thrown again with nobody listening: the usual message, the usual exit code.
    process.removeListener("uncaughtException", onUncaught);
    setImmediate(() => {
      throw error;
    });
  }
  // Unhandled rejections come here too (origin "unhandledRejection"), unless the program handles them itself.
  process.on("uncaughtException", onUncaught);
  let isFinishing = false;
  process.on("beforeExit", () => {
    if (isFinishing || !queue.length) return;
    isFinishing = true; // once: a service that is away must not keep the program from ending
    flush(lastWordsMs);
  });
  return self;
};

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

function json(value) {
  try {
    return JSON.stringify(value) || String(value);
  } catch {
    return undefined;
  }
}

const text = (value) => (typeof value === "string" ? value : json(value) || "(unprintable)");

function stackOf(error) {
  let stack = String(error.stack || "");
  let cause = error.cause;
  for (let depth = 0; cause && depth < 8; depth++, cause = cause.cause) stack += `\nCaused by: ${cause.stack || text(cause)}`;
  return stack.slice(0, 64000);
}
