// Reports of about 300 bytes, as loadtest/report.lua sends them.
import { EVENT_IDS, RUN } from './settings.js';

const shared =
  '"message":"Cannot read properties of undefined (reading \'total\')",' +
  '"stackTrace":"TypeError: x\\n    at render (/srv/app/cart.js:42:17)\\n    at main (/srv/app/index.js:10:3)",' +
  `"service":"checkout","environment":"production","release":"1.4.2-build.77","level":"error","project":${JSON.stringify(RUN)}}`;

// Of this virtual user; modules are not shared between users.
let made = 0;

// One of `kinds` errors, in turn; each user begins with another one.
export function hotReport(kinds) {
  return report(`HotError${(__VU + made) % kinds}`);
}

// An error that no other report of the run has: the type tells errors apart as it is sent.
export function uniqueReport() {
  return report(`UniqueError${__VU}x${made}`);
}

function report(type) {
  made += 1;
  // Ids count within their project, and that is this run's.
  const id = EVENT_IDS ? `"eventId":"${__VU}-${made}",` : '';
  return `{${id}"type":"${type}",${shared}`;
}
