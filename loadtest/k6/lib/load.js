// Shapes of load, and what is asked of every one of them.
import { sleep } from 'k6';

import { DURATION_S, THINK_MS } from './settings.js';

// Steps of [seconds, target] as stages; their lengths are scaled so that together they take DURATION, if it is set.
export function stages(steps) {
  const factor = DURATION_S === null ? 1 : DURATION_S / steps.reduce((sum, step) => sum + step[0], 0);
  return steps.map(([seconds, target]) => ({ duration: milliseconds(seconds * factor), target }));
}

// A share of DURATION, or of the natural length.
export function length(natural_s, share = 1) {
  return milliseconds((DURATION_S === null ? natural_s : DURATION_S) * share);
}

function milliseconds(seconds) {
  return `${Math.max(1, Math.round(seconds * 1000))}ms`;
}

// Options of a script: its scenarios, and the limits for each kind of request it sends.
export function options(scenarios, names, more = {}) {
  const thresholds = { requests_failed: ['rate<0.01'] };
  for (const name of names) thresholds[`http_req_duration{name:${name}}`] = ['p(95)<200', 'p(99)<500'];
  return {
    scenarios,
    thresholds: Object.assign(thresholds, more),
    summaryTrendStats: ['med', 'p(95)', 'p(99)', 'max'],
    // Those that are asked for; each costs k6 time on every request.
    systemTags: ['name', 'scenario', 'status', 'error_code', 'expected_response'],
  };
}

// The pause of a user, THINK_MS or else `natural_ms`: from half to one and a half times as long, so that users do not march in step.
export function think(natural_ms) {
  const mean_ms = THINK_MS === null ? natural_ms : THINK_MS;
  if (mean_ms > 0) sleep((mean_ms * (0.5 + Math.random())) / 1000);
}
