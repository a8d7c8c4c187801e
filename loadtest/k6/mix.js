// 50 users: HOT_SHARE of the reports are one hot error, the others are errors nobody has seen.
import { length, options as withLimits, think } from './lib/load.js';
import { hotReport, uniqueReport } from './lib/reports.js';
import { summary } from './lib/result.js';
import { HOT_SHARE, USERS } from './lib/settings.js';
import { post, route } from './lib/tally.js';

const REPORT = route('/errors/log', false);

export const options = withLimits(
  { mix: { executor: 'constant-vus', vus: USERS === null ? 50 : USERS, duration: length(60) } },
  ['POST /errors/log'],
);

export default function () {
  if (Math.random() < HOT_SHARE) post(REPORT, hotReport(1));
  else post(REPORT, uniqueReport(), 1, 1);
  think(100);
}

export const handleSummary = summary('mix', 'errors', 1);
