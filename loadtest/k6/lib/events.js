// Views of 20 pages of one site, by as many users as there are virtual ones.
import { EVENT_IDS, RUN } from './settings.js';

const shared = `"site_id":${JSON.stringify(RUN)},"event_type":"page_view","properties":{"campaign":"autumn","items":2}}`;

let made = 0;

export function view() {
  made += 1;
  const id = EVENT_IDS ? `"event_id":"${__VU}-${made}",` : '';
  return `{${id}"timestamp":"${new Date().toISOString()}","path":"/page/${made % 20}","user_id":"user-${__VU}",${shared}`;
}
