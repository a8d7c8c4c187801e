// 20 users become 1,000 within seconds, and 20 again. Reports 40 errors.
import { options as withLimits, stages, think } from './lib/load.js';
import { hotReport } from './lib/reports.js';
import { summary } from './lib/result.js';
import { USERS } from './lib/settings.js';
import { post, route } from './lib/tally.js';

const KINDS = 40;
const REPORT = route('/errors/log', false);
const PEAK = USERS === null ? 1000 : USERS;

export const options = withLimits(
  {
    spike: {
      executor: 'ramping-vus',
      startVUs: 20,
      stages: stages([[10, 20], [5, PEAK], [25, PEAK], [5, 20], [15, 20]]),
    },
  },
  ['POST /errors/log'],
);

export default function () {
  post(REPORT, hotReport(KINDS));
  think(500);
}

export const handleSummary = summary('spike', 'errors', KINDS);
