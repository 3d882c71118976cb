// Talking to the server. A decision waits in the outbox, which outlives the page, until the server has it on disk.

const BOXES = 'khkr-outbox/'; // each page has its own, so that two windows never write over each other's
const PATIENCE_MS = 10000; // then a request that can be sent again is given up: a server that hangs is no better than none
let token = '';

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...options });
  } catch {
    throw new Refused(0, 'the server does not answer');
  }
  const body = await answer.json().catch(() => null);
  if (answer.ok && !body) throw new Refused(0, 'the server’s answer was cut off');
  if (!answer.ok) throw new Refused(answer.status, (body && body.error) || `the server said ${answer.status}`);
  return body;
}

export const get = (path) => call(path);

/** What is asked again and again: an answer that does not come is not waited for. */
export const ask = (path) => call(path, { signal: AbortSignal.timeout(PATIENCE_MS) });

export const post = (path, body, options = {}) =>
  call(path, {
    ...options,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-khkr-token': token },
    body: JSON.stringify(body),
  });

export const path = (id, rest = '') => `/api/articles/${encodeURIComponent(id)}${rest}`;

export async function session() {
  const told = await get('/api/session');
  token = told.token;
  return told;
}

export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, '0')).join('');

/** Do something once the browser has painted what it has to; a page that nobody sees paints nothing, and does it too. */
export function painted(then) {
  let waits = true;
  const once = () => { if (waits) { waits = false; then(); } };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, 250);
}

/** What other pages could not send. One that is still open sends it too; the server takes each decision once. */
function adopted() {
  const found = new Map();
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(BOXES))) {
    try {
      for (const entry of JSON.parse(localStorage.getItem(name))) found.set(entry.decision.key, entry);
    } catch {
      continue; // not ours to understand, and not ours to throw away
    }
  }
  return [...found.values()];
}

/** Take away from other pages' boxes what the server has by now. */
function forget(keys) {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(BOXES))) {
    try {
      const left = JSON.parse(localStorage.getItem(name)).filter((entry) => !keys.has(entry.decision.key));
      if (left.length) localStorage.setItem(name, JSON.stringify(left));
      else localStorage.removeItem(name);
    } catch {
      continue;
    }
  }
}

/**
 * Decisions on their way. `onAnswer(article, answer, sent)` gets what the server says; `onState(text, waiting)` what
 * the curator should know. An entry may wait for the one before it on the same item, whose outcome it was made on.
 */
export class Outbox {
  constructor(onAnswer, onState) {
    this.onAnswer = onAnswer;
    this.onState = onState;
    this.sending = false;
    this.pause = 500;
    this.blocked = '';
    this.box = BOXES + newKey();
    this.entries = adopted();
  }

  add(article, name, decision, item) {
    const waiting = item && this.entries.findLast((e) => e.article === article && e.item === item);
    this.entries.push({ article, name, item, after: waiting ? waiting.decision.key : null, decision: { key: newKey(), ...decision } });
    this.keep();
    painted(() => this.send());
  }

  keep() {
    try {
      if (this.entries.length) localStorage.setItem(this.box, JSON.stringify(this.entries));
      else localStorage.removeItem(this.box);
    } catch {
      this.blocked = 'this browser keeps nothing for us: don’t close the page before it says saved';
    }
    this.say();
  }

  say() {
    const n = this.entries.length;
    if (this.problem && n) this.onState(`${n} not saved yet: ${this.problem}`, 'bad');
    else if (n) this.onState(this.blocked || 'saving…', 'busy');
    else this.onState('saved', 'good');
  }

  async send() {
    if (this.sending || !this.entries.length) return;
    this.sending = true;
    try {
      await this.sendAll();
      this.pause = 500;
    } catch (error) {
      // kept here, and tried again
      [this.problem] = error.message.split('\n');
      this.pause = Math.min(this.pause * 2, 15000);
      setTimeout(() => this.send(), this.pause);
    } finally {
      this.sending = false;
      this.say();
    }
  }

  /** Send what waits; a text that the server can't take decisions on now holds up no other one. */
  async sendAll() {
    const stuck = new Map();
    for (;;) {
      const first = this.entries.find((entry) => !stuck.has(entry.article));
      if (!first) break;
      try {
        await this.sendSome(first);
      } catch (error) {
        if (!error.status) throw error; // nobody is there
        stuck.set(first.article, error);
      }
    }
    if (stuck.size) throw stuck.values().next().value;
  }

  async sendSome({ article, name }) {
    const batch = [];
    for (const entry of this.entries.filter((one) => one.article === article)) {
      if (batch.length >= 100 || entry.name !== name) break;
      if (batch.some((earlier) => earlier.decision.key === entry.after)) break;
      batch.push(entry);
    }
    let answer;
    try {
      answer = await post(path(article, '/decisions'), { name, decisions: batch.map((e) => e.decision) }, { signal: AbortSignal.timeout(PATIENCE_MS) });
    } catch (error) {
      if (error.status === 422 || error.status === 413) answer = this.refuseAll(batch, error.message);
      else throw error;
    }
    this.problem = '';
    this.entries = this.entries.filter((entry) => !batch.includes(entry));
    for (const entry of this.entries) this.inform(entry, batch, answer);
    this.keep();
    forget(new Set(batch.map((entry) => entry.decision.key)));
    this.onAnswer(article, answer, batch);
  }

  refuseAll(batch, message) {
    return { results: batch.map((e) => ({ key: e.decision.key, result: 'refused', message })), items: [], refusedAll: true };
  }

  /** Tell an entry what came of the one that it was made on. */
  inform(entry, batch, answer) {
    if (!batch.some((earlier) => earlier.decision.key === entry.after)) return;
    const made = answer.items.find((one) => `${one.what}/${one.id}` === entry.item);
    if (made && made.item) entry.decision.seen = made.item;
    if (made && entry.decision.fields) entry.decision.fields = { ...entry.decision.fields, id: made.id };
    entry.after = null;
  }
}
