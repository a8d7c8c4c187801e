// Sends, and counts what became of each report or event.
//
// `items_sent` goes up before a request, the others after its answer. So what k6 cuts off at the end, and what got no answer, is
// sent and neither acknowledged nor refused: its outcome is unknown, and both are right, stored or not.
import http from 'k6/http';
import { Counter, Rate } from 'k6/metrics';

import { BASE_URL, INGEST_TOKEN } from './settings.js';

const sent = new Counter('items_sent');
const acknowledged = new Counter('items_acknowledged');
// Of those acknowledged: errors that no other item of the run has.
const acknowledgedUnique = new Counter('unique_acknowledged');
const refused = new Counter('items_refused');
// A request fails unless all its items were taken.
const requestsFailed = new Rate('requests_failed');

// How to send to one route. `reads`: the answer says what became of each item.
export function route(path, reads) {
  const headers = { 'Content-Type': 'application/json' };
  if (INGEST_TOKEN !== null) headers.Authorization = `Bearer ${INGEST_TOKEN}`;
  const parameters = {
    headers,
    tags: { name: `POST ${path}` },
    // Before k6 cuts a request off at the end of a run (30 s).
    timeout: '20s',
    responseType: reads ? 'text' : 'none',
  };
  return { url: BASE_URL + path, parameters, reads };
}

// Sends a body that holds `count` items, `unique` of them errors of their own.
export function post(to, body, count = 1, unique = 0) {
  sent.add(count);
  const answer = http.post(to.url, body, to.parameters);
  const outcome = to.reads && answer.status === 200 ? read(answer) : outcomeOf(answer, count);
  requestsFailed.add(outcome.acknowledged < count);
  if (outcome.acknowledged > 0) acknowledged.add(outcome.acknowledged);
  if (outcome.refused > 0) refused.add(outcome.refused);
  if (unique > 0 && outcome.acknowledged === count) acknowledgedUnique.add(unique);
}

function outcomeOf(answer, count) {
  if (answer.status === 200 || answer.status === 202) return { acknowledged: count, refused: 0 };
  if (answer.status === 0 || answer.headers['X-Outcome'] === 'unknown') return { acknowledged: 0, refused: 0 };
  return { acknowledged: 0, refused: count };
}

function read(answer) {
  try {
    const told = JSON.parse(answer.body);
    // A duplicate is stored: the transport below k6 repeated a request whose connection had closed.
    return { acknowledged: told.accepted + told.duplicate || 0, refused: told.rejected + told.refused || 0 };
  } catch (_) {
    // No answer that says anything: unknown, and failed.
    return { acknowledged: 0, refused: 0 };
  }
}
