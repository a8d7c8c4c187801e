// 20 users send batches of 100 reports, 40 distinct errors in each.
import { length, options as withLimits, think } from './lib/load.js';
import { hotReport } from './lib/reports.js';
import { summary } from './lib/result.js';
import { USERS } from './lib/settings.js';
import { post, route } from './lib/tally.js';

const KINDS = 40;
const ITEMS = 100;
const BATCH = route('/errors/batch', true);

export const options = withLimits(
  { batch: { executor: 'constant-vus', vus: USERS === null ? 20 : USERS, duration: length(60) } },
  ['POST /errors/batch'],
);

export default function () {
  const reports = [];
  while (reports.length < ITEMS) reports.push(hotReport(KINDS));
  post(BATCH, `[${reports.join(',')}]`, ITEMS);
  think(100);
}

export const handleSummary = summary('batch', 'errors', KINDS);
