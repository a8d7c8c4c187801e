// 100 users for 30 minutes (DURATION). Reports 40 errors, and one new error in a thousand reports.
import { length, options as withLimits, think } from './lib/load.js';
import { hotReport, uniqueReport } from './lib/reports.js';
import { summary } from './lib/result.js';
import { USERS } from './lib/settings.js';
import { post, route } from './lib/tally.js';

const KINDS = 40;
const NEW_SHARE = 0.001;
const REPORT = route('/errors/log', false);

export const options = withLimits(
  { soak: { executor: 'constant-vus', vus: USERS === null ? 100 : USERS, duration: length(30 * 60) } },
  ['POST /errors/log'],
);

export default function () {
  if (Math.random() < NEW_SHARE) post(REPORT, uniqueReport(), 1, 1);
  else post(REPORT, hotReport(KINDS));
  think(100);
}

export const handleSummary = summary('soak', 'errors', KINDS);
