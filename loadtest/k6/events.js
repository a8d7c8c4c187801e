// Views of one site: 50 users send them one by one, then 10 users send batches of 100.
import { view } from './lib/events.js';
import { length, options as withLimits, think } from './lib/load.js';
import { summary } from './lib/result.js';
import { USERS } from './lib/settings.js';
import { post, route } from './lib/tally.js';

const NATURAL_S = 60;
const ITEMS = 100;
const EVENT = route('/event', false);
const EVENTS = route('/events', true);

export const options = withLimits(
  {
    single: {
      executor: 'constant-vus',
      exec: 'single',
      vus: USERS === null ? 50 : USERS,
      duration: length(NATURAL_S, 0.5),
    },
    batches: {
      executor: 'constant-vus',
      exec: 'batches',
      startTime: length(NATURAL_S, 0.5),
      vus: USERS === null ? 10 : USERS,
      duration: length(NATURAL_S, 0.5),
    },
  },
  ['POST /event', 'POST /events'],
);

export function single() {
  post(EVENT, view());
  think(100);
}

export function batches() {
  const views = [];
  while (views.length < ITEMS) views.push(view());
  post(EVENTS, `[${views.join(',')}]`, ITEMS);
  think(100);
}

export const handleSummary = summary('events', 'events');
