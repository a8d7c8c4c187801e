// More and more users report 40 errors: 0 -> 50 -> 200 -> 500. With USERS it goes to that number at once and stays there.
import { options as withLimits, stages, think } from './lib/load.js';
import { hotReport } from './lib/reports.js';
import { summary } from './lib/result.js';
import { USERS } from './lib/settings.js';
import { post, route } from './lib/tally.js';

const KINDS = 40;
const REPORT = route('/errors/log', false);

const steps =
  USERS === null
    ? [[10, 50], [20, 50], [10, 200], [20, 200], [15, 500], [40, 500], [5, 0]]
    : [[1, USERS], [9, USERS]];

export const options = withLimits(
  { ramp: { executor: 'ramping-vus', startVUs: 0, stages: stages(steps) } },
  ['POST /errors/log'],
);

export default function () {
  post(REPORT, hotReport(KINDS));
  think(500);
}

export const handleSummary = summary('ramp', 'errors', KINDS);
