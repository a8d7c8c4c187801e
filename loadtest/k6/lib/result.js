// What a run leaves behind: a few lines for people, and with RESULT=FILE the same for lib/reconcile.py and lib/table.py.
import { RUN } from './settings.js';

// The handleSummary of a script. `stored`: where its items are read back, "errors" or "events"; `kinds`: how many errors its
// reports are, besides the unique ones.
export function summary(scenario, stored, kinds = 0) {
  return (data) => {
    const result = resultOf(data, { scenario, stored, kinds });
    const files = { stdout: lines(result) };
    if (__ENV.RESULT) files[__ENV.RESULT] = `${JSON.stringify(result, null, 2)}\n`;
    return files;
  };
}

function resultOf(data, about) {
  const count = (name) => (data.metrics[name] ? data.metrics[name].values.count : 0);
  const time = data.metrics.http_req_duration ? data.metrics.http_req_duration.values : {};
  const failed = data.metrics.requests_failed;
  return Object.assign({}, about, {
    run: RUN,
    seconds: data.state.testRunDurationMs / 1000,
    users: data.metrics.vus_max ? data.metrics.vus_max.values.max : 0,
    requests: count('http_reqs'),
    // Of a Rate, what it calls passes are those that are true.
    requests_failed: failed ? failed.values.passes : 0,
    iterations_dropped: count('dropped_iterations'),
    sent: count('items_sent'),
    acknowledged: count('items_acknowledged'),
    acknowledged_unique: count('unique_acknowledged'),
    refused: count('items_refused'),
    p50_ms: time.med,
    p95_ms: time['p(95)'],
    p99_ms: time['p(99)'],
    max_ms: time.max,
    crossed: crossed(data),
  });
}

// The thresholds that do not hold, in words.
function crossed(data) {
  const words = [];
  for (const name of Object.keys(data.metrics)) {
    const thresholds = data.metrics[name].thresholds || {};
    for (const rule of Object.keys(thresholds)) if (!thresholds[rule].ok) words.push(`${name} ${rule}`);
  }
  return words;
}

function lines(result) {
  const round = (value) => (value === undefined ? '-' : value.toFixed(1));
  const unknown = result.sent - result.acknowledged - result.refused;
  return (
    `    ${result.requests} requests in ${round(result.seconds)} s, ${result.requests_failed} failed; ` +
    `ms: p50 ${round(result.p50_ms)}, p95 ${round(result.p95_ms)}, p99 ${round(result.p99_ms)}, max ${round(result.max_ms)}\n` +
    `    items: ${result.sent} sent, ${result.acknowledged} acknowledged, ${result.refused} refused, ${unknown} unknown\n` +
    result.crossed.map((words) => `    LIMIT CROSSED: ${words}\n`).join('')
  );
}
