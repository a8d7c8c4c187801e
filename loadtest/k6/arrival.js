// Reports come in at a rate that does not go by the answers: RATE / 2 a second, then up to RATE. A user who waits for an answer
// sends nothing, so the other scripts go easy on a slow service; this one does not.
import { length, options as withLimits } from './lib/load.js';
import { hotReport } from './lib/reports.js';
import { summary } from './lib/result.js';
import { RATE, USERS } from './lib/settings.js';
import { post, route } from './lib/tally.js';

const KINDS = 40;
const NATURAL_S = 60;
const REPORT = route('/errors/log', false);
const half = Math.max(1, Math.round(RATE / 2));
// Each has at most one request under way.
const senders = { preAllocatedVUs: 50, maxVUs: USERS === null ? 500 : Math.max(50, USERS), timeUnit: '1s' };
const planned = (0.5 * half + 0.25 * (half + RATE) / 2 + 0.25 * RATE) * (parseInt(length(NATURAL_S), 10) / 1000);

export const options = withLimits(
  {
    steady: Object.assign({ executor: 'constant-arrival-rate', rate: half, duration: length(NATURAL_S, 0.5) }, senders),
    rising: Object.assign(
      {
        executor: 'ramping-arrival-rate',
        startTime: length(NATURAL_S, 0.5),
        startRate: half,
        stages: [
          { duration: length(NATURAL_S, 0.25), target: RATE },
          { duration: length(NATURAL_S, 0.25), target: RATE },
        ],
      },
      senders,
    ),
  },
  ['POST /errors/log'],
  // Not sent because every sender still waited.
  { dropped_iterations: [`count<${Math.max(1, Math.round(planned * 0.01))}`] },
);

export default function () {
  post(REPORT, hotReport(KINDS));
}

export const handleSummary = summary('arrival', 'errors', KINDS);
