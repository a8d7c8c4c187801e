// What the environment says, checked once for every virtual user.

// Where to send to: the service, or a server with a constant reply.
export const BASE_URL = required('BASE_URL', 'the service, such as http://127.0.0.1:9002').replace(/\/+$/, '');

// Names what this run sends: its project, and its site. New for each run, or what was stored before is counted in.
export const RUN = required('RUN', 'a name nobody used before, such as "by-hand-1" (at most 64 characters)');

// How long the whole run takes; null: as long as the script says.
export const DURATION_S = optional('DURATION', null, seconds);

// Users at once where a script has one number of them; null: as many as the script says.
export const USERS = optional('USERS', null, (text) => whole(text, 1, 5000));

// Mean pause of a user between two requests; 0 sends as fast as answers come, null: as long as the script says.
export const THINK_MS = optional('THINK_MS', null, (text) => whole(text, 0, 60000));

// Requests a second that arrival.js ends at.
export const RATE = optional('RATE', 1000, (text) => whole(text, 2, 100000));

// Of the reports of mix.js, the share of one hot error; the others are all distinct.
export const HOT_SHARE = optional('HOT_SHARE', 0.9, share);

// off: without event ids. Nothing here is sent twice, so the sums must be right without them.
export const EVENT_IDS = optional('EVENT_IDS', true, (text) => choice(text, { on: true, off: false }));

export const INGEST_TOKEN = __ENV.INGEST_TOKEN || null;

function required(name, what) {
  if (!__ENV[name]) throw new Error(`${name} is not set: ${what}; loadtest/run sets it`);
  return __ENV[name];
}

function optional(name, fallback, read) {
  const text = __ENV[name];
  if (text === undefined || text === '') return fallback;
  const value = read(text);
  if (value === null) throw new Error(`${name}=${text} cannot be read; see loadtest/README.md`);
  return value;
}

function whole(text, least, most) {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : -1;
  return value >= least && value <= most ? value : null;
}

function share(text) {
  const value = /^\d(\.\d+)?$/.test(text) ? Number(text) : -1;
  return value >= 0 && value <= 1 ? value : null;
}

function choice(text, values) {
  return text in values ? values[text] : null;
}

// 90, 90s, 30m, 2h: at least one second, at most a day.
function seconds(text) {
  const match = /^(\d{1,6})([smh]?)$/.exec(text);
  if (match === null) return null;
  const value = Number(match[1]) * { s: 1, '': 1, m: 60, h: 3600 }[match[2]];
  return value >= 1 && value <= 86400 ? value : null;
}
