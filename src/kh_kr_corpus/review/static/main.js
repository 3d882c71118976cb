// Puts the parts together: what is open, where the curator stands, and what each key does.

import { Outbox, ask, get, painted, path, post, session } from './api.js';
import { askConflict, askEntity, askLeave, askLine, askNewEntity, askText, showHelp } from './ask.js';
import { $, button, fill, h, keyOf, refill, tell } from './dom.js';
import { initiativeForm } from './form.js';
import { LABEL_KEYS, drawPanel } from './panel.js';
import { Queue } from './queue.js';
import { Referee } from './referee.js';
import { Sheet, wordsOf } from './sheet.js';
import { TextView } from './text.js';

const POLL_MS = 4000;

let told; // what the server said about itself
let sheet = null;
let wanted = null; // id of the text that was chosen last
let now = null; // key of the item that is decided on
let order = 'place';
let form = null;
let referee = null; // the compare view, while it has the panel
let hideRejected = false;
let alsoPrograms = false;
let reloading = null; // a promise while the text is loaded anew
let pressed = 0; // when the key went down that is acted on; bench/review.py measures from there
let writer = localStorage.getItem('khkr-name') || '';

const view = () => (sheet && now ? sheet.items.get(now) : undefined);
const text = new TextView($('text'), (ids) => {
  // a second click on overlapping mentions takes the next one
  const keys = ids.map((id) => `mention/${id}`);
  go(keys[(keys.indexOf(now) + 1) % keys.length], { reveal: false });
});
const queue = new Queue($('queue'), (id) => { document.body.classList.remove('menu'); open(id); }, (programs) => { alsoPrograms = programs; if (sheet) drawHead(); });
/** Whether somebody still has to decide it; what programs decided counts when the curator says so. */
const isLeft = (v) => v.state === 'suggested' || (alsoPrograms && (v.raw.review.by || '').startsWith('model:'));

/** Say whether everything is saved. */
function saying(words, kind) {
  $('saved').textContent = $('saved').title = words;
  $('saved').className = kind;
}

const outbox = new Outbox((article, answer, sent) => {
  for (const one of answer.results) {
    if (one.result === 'refused') tell(`Not taken: ${one.message}`, 'bad');
    if (one.result === 'conflict') tell('A conflict: the other version is kept too', 'bad');
  }
  const bad = answer.results.some((one) => one.result !== 'saved');
  if (answer.row) queue.update(answer.row);
  if (!sheet || sheet.id !== article) return;
  if (referee && sent.some((e) => ['undo', 'redo'].includes(e.decision.op))) referee.renew(true); // it may have been a ruling
  if (answer.refusedAll || bad || answer.version !== sheet.version || answer.before !== sheet.seq) {
    reload();
    return;
  }
  Object.assign(sheet.entities, answer.entities);
  sheet.takeState(answer);
  sheet.warnings = answer.warnings;
  const waiting = new Set(outbox.entries.filter((e) => e.article === article).map((e) => e.item));
  const jump = !referee && sent.some((e) => e.created) && answer.items.find((one) => one.item);
  absorb(answer.items.filter((one) => !waiting.has(`${one.what}/${one.id}`)));
  if (jump) go(`${jump.what}/${jump.id}`);
  drawHead();
}, saying);

/** All that the text shows of an item. */
const looks = (v) => JSON.stringify([v.start, v.end, v.label, v.state, v.score, v.spoken]);

/** Take in items as the server has them, and paint only what they touch. */
function absorb(items, { quiet = false } = {}) {
  const bounds = [];
  for (const { what, id, item } of items) {
    const key = `${what}/${id}`;
    const old = sheet.items.get(key);
    const put = item && sheet.put(what, item);
    if (old && put && looks(old) === looks(put)) continue; // what the server has is what is shown
    if (old) bounds.push([old.start, old.end]);
    if (put) bounds.push([put.start, put.end]);
    else {
      sheet.items.delete(key);
      if (now === key) now = null;
    }
  }
  if (sheet.text !== null && bounds.length) text.refresh(sheet.mentions, bounds);
  if (!quiet) paint();
}

function paint() {
  const current = view();
  if (sheet.text !== null) {
    const reports = sheet.initiatives.filter((i) => i.state !== 'rejected');
    text.highlight('evidence', referee ? [] : reports.flatMap((i) => i.spans));
    text.highlight('evidence-now', !referee && current && current.what === 'initiative' ? current.spans : []);
  }
  if (!form && !referee) drawPanel($('panel'), current, sheet, told.terms, act);
}

function drawHead() {
  const { article } = sheet;
  const all = [...sheet.items.values()];
  const left = all.filter(isLeft).length;
  refill($('head'), h('h1', {}, article.title), h('p', { class: 'facts' }, [article.date, ...new Set([article.genre, article.origin]), article.source, article.author].filter(Boolean).join(' · ')),
    h('div', { class: 'progress' }, h('progress', { max: all.length || 1, value: all.length - left, 'aria-label': 'Decided in this text' }), h('span', {}, left ? `${left} of ${all.length} left` : all.length ? 'all decided' : 'nothing annotated yet'), h('small', {}, sheet.problem ? '' : sheet.written ? 'file up to date' : 'kept in the journal; the file follows')));
  const banner = $('banner');
  const words = [];
  if (told.read_only) words.push(h('p', {}, `Read only: ${told.read_only}`));
  if (sheet.unread) words.push(h('p', {}, `Until this is mended, what you decide is kept in this browser: ${sheet.unread}`));
  if (sheet.problem) words.push(h('p', {}, `Kept in the journal, but the file is not written: ${sheet.problem}`));
  if (sheet.text === null) words.push(h('p', {}, 'The text is not ours to store. Start khkr review with --texts and your own copies to see it; what needs no text can be decided here.'));
  if (sheet.disputes.length) words.push(h('p', {}, `${sheet.disputes.length} decision${sheet.disputes.length > 1 ? 's' : ''} could not be made because something else stands there. `, button('See both versions', 'C', act.conflicts)));
  banner.hidden = !words.length;
  refill(banner, words);
}

function draw() {
  document.body.dataset.article = sheet.id;
  document.title = `${sheet.article.title} – khkr review`;
  drawHead();
  if (sheet.text === null) fill($('text'), h('ul', { class: 'entries' }, sheet.mentions.map((m) => h('li', {}, h('button', { type: 'button', class: 'row', data: { label: m.label, state: m.state }, onclick: () => go(m.key) }, `${m.label}  ${m.raw.text}`)))));
  else {
    $('text').lang = sheet.article.language;
    text.show(sheet.text, sheet.mentions, { now: now && now.startsWith('mention/') ? now.slice(8) : null, hideRejected });
  }
  paint();
  if (referee && referee.told) referee.draw();
}

async function open(id) {
  if (sheet && sheet.id === id && wanted === id) return; // it is there, and somebody may be at work on it
  if (!(await leaveForm())) return;
  performance.mark('khkr-open');
  const comparing = Boolean(referee);
  closeReferee();
  wanted = id;
  let data;
  try {
    data = await get(path(id));
  } catch (error) {
    tell(`${id}: ${error.message}`, 'bad');
    return;
  }
  if (wanted !== id) return; // another one was chosen meanwhile
  sheet = new Sheet(data);
  history.replaceState(null, '', `#${encodeURIComponent(id)}`);
  queue.mark(id);
  now = (sheet.ordered(order).find(isLeft) || sheet.ordered(order)[0] || {}).key || null;
  draw();
  $('main').scrollTop = 0;
  if (now) go(now, { focus: true });
  if (comparing) act.compare(); // a referee goes from text to text
  painted(() => performance.measure('khkr-opened', 'khkr-open'));
}

/** Load the text anew; what is decided meanwhile waits for it, so that it is decided on what stands there. */
function reload() {
  const mine = reloading = reloaded().finally(() => { if (reloading === mine) reloading = null; });
  return mine;
}

async function reloaded() {
  if (!sheet) return;
  const id = sheet.id;
  const data = await get(path(id)).catch(() => null);
  if (!data || !sheet || sheet.id !== id) return;
  const entities = sheet.entities;
  sheet = new Sheet(data);
  sheet.entities = { ...entities, ...sheet.entities };
  if (now && !sheet.items.has(now)) now = null;
  draw();
  if (referee && referee.told) referee.renew();
}

async function poll() {
  if (!sheet || document.hidden) return;
  const id = sheet.id;
  const { state, error } = await ask(path(id, '/state')).then((state) => ({ state }), (error) => ({ error }));
  if (!sheet || sheet.id !== id) return;
  const unread = error && error.status ? { 401: 'the server was started anew. Open the address that it printed; what is kept is sent from there' }[error.status] || error.message.split('\n')[0] : '';
  const news = unread !== (sheet.unread || '');
  sheet.unread = unread;
  if (news) drawHead();
  if (outbox.entries.length) return; // the outbox says how it stands
  if (error) saying(unread ? 'this text can’t be saved now' : error.message, 'bad');
  else outbox.say();
  if (error) return;
  if (state.version !== sheet.version || state.seq !== sheet.seq) {
    tell('This text was changed elsewhere; here is how it stands now');
    await reload();
    return;
  }
  const before = JSON.stringify([sheet.written, sheet.problem, sheet.disputes]);
  sheet.takeState(state);
  if (JSON.stringify([sheet.written, sheet.problem, sheet.disputes]) !== before) drawHead();
}

function go(key, { reveal = true, focus = false } = {}) {
  if (!sheet || !sheet.items.has(key)) return;
  const moved = now !== key && !form && !referee;
  now = key;
  const current = view();
  if (sheet.text !== null) text.setNow(current.what === 'mention' ? current.id : null);
  paint(); // all of it before the page is measured, so that it is laid out once
  if (moved) $('panel').scrollTop = 0;
  if (sheet.text === null) return;
  if (reveal) text.reveal(current.start);
  const mark = $('text').querySelector('mark.now');
  if (mark && (focus || $('text').contains(document.activeElement) || document.activeElement === document.body)) mark.focus({ preventScroll: true });
}

function step(by, onlyOpen) {
  if (!sheet) return;
  const all = sheet.ordered(order);
  const at = all.findIndex((v) => v.key === now);
  const ahead = by > 0 ? [...all.slice(at + 1), ...(onlyOpen ? all.slice(0, Math.max(at, 0)) : [])] : all.slice(0, Math.max(at, 0)).reverse();
  const next = ahead.find((v) => !onlyOpen || isLeft(v));
  if (next) go(next.key);
  else tell(onlyOpen ? 'Nothing is left in this text. Shift+J opens the next one.' : by > 0 ? 'That was the last one.' : 'That was the first one.');
}

async function name() {
  if (!writer) {
    const given = await askLine('Who decides?', 'Your name', '', { hint: 'It stands beside every decision of yours.', check: (one) => (/^[^\s:]([^\r\n\t:]{0,78}[^\s:])?$/.test(one) ? '' : 'A name of up to 80 characters, without a colon') });
    if (!given) return null;
    writer = given;
    localStorage.setItem('khkr-name', writer);
    drawTools();
  }
  return writer;
}

/** Send a decision; `shown` is what the page shows of it at once, before the server has it. */
async function decide(decision, { item = null, shown = null, created = false, goesOn = false } = {}) {
  const who = await name();
  if (!who || told.read_only) return false;
  const start = pressed;
  if (start) painted(() => performance.measure('khkr-decision', { start })); // before it is sent, which comes after
  pressed = 0;
  outbox.add(sheet.id, who, decision, item);
  outbox.entries.at(-1) && Object.assign(outbox.entries.at(-1), { created });
  if (shown) absorb([shown], { quiet: goesOn }); // the next step paints
  return true;
}

const shownAs = (current, change, state) => ({ what: current.what, id: current.id, item: { ...current.raw, ...change, review: { ...current.raw.review, state, by: `human:${writer}`, at: null } } });

async function judge(state) {
  const current = view();
  if (!current) return;
  const seen = current.raw;
  const settled = state === 'accepted' && current.state === 'corrected' ? 'corrected' : state;
  if (!(await name())) return;
  await decide({ op: 'judge', seen, state }, { item: current.key, shown: shownAs(current, {}, settled), goesOn: true });
  const before = now;
  step(1, true);
  if (now === before) paint();
}

async function setMention(change) {
  const current = view();
  if (!current || current.what !== 'mention' || !(await name())) return;
  const { start, end, label, entity, value } = { ...current.raw, ...change };
  const quote = sheet.text === null ? current.raw.text : sheet.text.slice(sheet.offsets.units(start), sheet.offsets.units(end));
  await decide({ op: 'mention', seen: current.raw, start, end, label, entity, value }, { item: current.key, shown: shownAs(current, { start, end, label, entity, value, text: quote }, 'corrected') });
}

function move(side, by, kind) {
  const current = view();
  if (!current || current.what !== 'mention' || sheet.text === null) return;
  let { start, end } = current;
  if (side === 'start') start = text.step(start, by, kind);
  else end = text.step(end, by, kind);
  if (kind === 'word') {
    while (start < end && /\s/.test(sheet.text[start])) start++;
    while (end > start && /\s/.test(sheet.text[end - 1])) end--;
  } else if (/\s/.test(sheet.text[start]) || /\s/.test(sheet.text[end - 1])) {
    // over a blank in one step: a mention never begins or ends with one
    while (start < end && /\s/.test(sheet.text[start])) start += by;
    while (end > start && /\s/.test(sheet.text[end - 1])) end += by;
  }
  if (start >= end || start < 0 || end > sheet.text.length) return;
  setMention(sheet.points(start, end));
}

/** A label: of what is selected, as a new mention, or else of the current one. */
async function label(id) {
  const span = sheet && sheet.text !== null ? text.selection() : null;
  if (span) {
    document.getSelection().removeAllRanges();
    const same = sheet.mentions.find((m) => m.start === span[0] && m.end === span[1] && m.state !== 'rejected');
    if (!same) {
      await decide({ op: 'mention', seen: null, ...sheet.points(...span), label: id, entity: null, value: null }, { created: true });
      return;
    }
    go(same.key);
  }
  const current = view();
  if (!current || current.what !== 'mention' || current.label === id) return;
  const types = (told.terms.labels.find((l) => l.id === id) || {}).types || [];
  const fits = current.raw.entity && types.includes(current.raw.entity.split('/')[0]);
  setMention({ label: id, entity: fits ? current.raw.entity : null, value: ['DATE', 'MONEY'].includes(id) && current.label === id ? current.raw.value : null });
}

const pick = (query, type, options) => askEntity(query, type, { create: (typed) => askNewEntity(typed || query, type, told.terms), ...options });

async function link() {
  const current = view();
  if (!current || current.what !== 'mention' || ['DATE', 'MONEY'].includes(current.label)) return;
  const found = await pick(current.raw.text, current.label, { now: current.raw.entity, unlink: true });
  if (found === undefined) return;
  if (found) sheet.entities[found.id] = found;
  setMention({ entity: found ? found.id : null });
}

async function editValue(current) {
  const { raw } = current;
  const money = current.label === 'MONEY';
  const old = money ? (raw.value ? `${raw.value.amount}${raw.value.amount_max ? `-${raw.value.amount_max}` : ''} ${raw.value.currency}${raw.value.qualifier ? ` ${raw.value.qualifier}` : ''}` : '') : raw.value || '';
  const parse = (typed) => {
    if (!typed) return null;
    if (!money) return typed;
    const parts = typed.match(/^([\d.,]+)(?:-([\d.,]+))?\s+([A-Z]{3})(?:\s+(about|at-least|at-most))?$/);
    const number = (one) => Number(one.replaceAll(',', ''));
    return parts ? { amount: number(parts[1]), currency: parts[3], qualifier: parts[4] || null, amount_max: parts[2] ? number(parts[2]) : null } : undefined;
  };
  const typed = await askLine(`Value of ${raw.text}`, money ? 'Amount and currency' : 'Date', old, { hint: money ? '11700000 USD, or 200000-300000 USD about; empty for none' : '2023-10-30, 2021/2023, 199X; empty for none', check: (one) => (parse(one) === undefined ? 'Write the amount, a blank, and the currency' : '') });
  if (typed !== undefined) setMention({ value: parse(typed) });
}

function closeForm() {
  if (!form) return;
  form = null;
  document.body.classList.remove('editing');
  if (sheet) paint();
}

/** Close the form, unless something is written in it that somebody would miss; whether there is none now. */
async function leaveForm() {
  if (form && form.changed() && !(await askLeave())) return false;
  closeForm();
  return true;
}

function closeReferee() {
  if (!referee) return;
  referee.leave();
  referee = null;
  document.body.classList.remove('editing', 'comparing');
  if (sheet) paint();
}

function edit(current) {
  closeReferee();
  if (!sheet || sheet.text === null) return;
  const raw = current ? current.raw : null;
  const selected = () => {
    const span = text.selection();
    return span ? sheet.sentencesAround(...span) || span : null;
  };
  const first = current ? null : selected() || (view() && view().what === 'mention' ? sheet.sentencesAround(view().start, view().end) : null);
  form = initiativeForm(raw, sheet, told.terms, {
    pick: async (query) => { const found = await pick(query, ''); if (found) sheet.entities[found.id] = found; return found; },
    evidence: selected,
    quote: (a, b) => sheet.text.slice(a, b),
    shown: (spans) => text.highlight('evidence-now', spans),
    cancel: leaveForm,
    save: async (fields) => {
      if (!(await name())) return;
      const sent = await decide({ op: 'initiative', seen: raw, fields }, { item: current ? current.key : null, created: !current });
      if (sent) closeForm();
    },
  });
  document.body.classList.add('editing');
  fill($('panel'), form);
  if (first) { text.select(...first); form.addEvidence(); }
  form.opened();
  form.querySelector('textarea').focus();
}

const act = {
  accept: () => judge('accepted'),
  reject: () => judge('rejected'),
  label, link, move, go,
  unlink: () => { const current = view(); if (current && current.raw.entity) setMention({ entity: null }); },
  edit: () => { const current = view(); if (!current) return; if (current.what === 'initiative') edit(current); else if (['DATE', 'MONEY'].includes(current.label)) editValue(current); else link(); },
  create: () => edit(null),
  evidence: () => {
    if (form) { form.addEvidence(); return; }
    const current = view();
    const span = text.selection();
    if (!current || current.what !== 'initiative') tell('Go to an initiative first.');
    else if (!span) tell('Select a sentence, then press V.');
    else { const all = [...current.spans, sheet.sentencesAround(...span) || span].map(([a, b]) => sheet.points(a, b)); decide({ op: 'initiative', seen: current.raw, fields: { ...current.raw, evidence: all } }, { item: current.key }); }
  },
  note: async () => {
    const current = view();
    if (!current) return;
    const typed = await askLine('Note', 'Note', current.raw.review.note || '', { many: true, hint: 'Ctrl+Enter saves; empty takes it away' });
    if (typed !== undefined) decide({ op: 'note', seen: current.raw, note: typed || null }, { item: current.key });
  },
  undo: () => decide({ op: 'undo' }, { created: true }),
  redo: () => decide({ op: 'redo' }, { created: true }),
  acceptAbove: async () => {
    const number = (one) => (/^\d{1,3}$/.test(one) && Number(one) <= 100 ? Number(one) / 100 : null);
    const open = sheet ? [...sheet.items.values()].filter((v) => v.state === 'suggested') : [];
    const typed = await askLine('Accept all that is this sure', 'From a score of', '90', {
      hint: 'percent; only what nobody has decided, in this text; one undo takes all of it back',
      check: (one) => (number(one) === null ? 'A number from 0 to 100' : ''),
      live: (one) => (number(one) === null ? '' : `accepts ${open.filter((v) => (v.score ?? 0) >= number(one)).length} of the ${open.length} open ones`),
    });
    if (typed !== undefined) decide({ op: 'accept-above', score: number(typed) });
  },
  conflicts: async () => {
    while (sheet && sheet.disputes.length) {
      const one = sheet.disputes[0];
      const keep = await askConflict(one, (item) => wordsOf(item, sheet.nameOf));
      const who = keep && (await name());
      if (!keep || !who) return;
      try {
        sheet = new Sheet(await post(path(sheet.id, '/settle'), { name: who, dispute: one.seq, keep }));
      } catch (error) {
        tell(error.message, 'bad');
        return;
      }
      if (now && !sheet.items.has(now)) now = null;
      draw();
    }
  },
  compare: async () => {
    if (!told.compare) { tell('Start khkr review with --compare FIRST,SECOND to referee two readings.'); return; }
    if (referee) { closeReferee(); return; }
    if (!(await leaveForm())) return;
    const one = new Referee({
      sheet: () => sheet, text, name, place: $('panel'), close: closeReferee,
      shown: (data) => {
        const { entities } = sheet;
        sheet = new Sheet(data);
        sheet.entities = { ...entities, ...sheet.entities };
        if (now && !sheet.items.has(now)) now = null;
        queue.update(data.row);
        draw();
      },
    });
    referee = one;
    if (!(await one.open())) closeReferee();
    else if (referee === one) { document.body.classList.add('editing', 'comparing'); paint(); }
  },
  renew: async () => {
    if (!sheet || outbox.entries.length) { tell('Wait until everything is saved.'); return; }
    tell('Annotating anew…');
    try {
      sheet = new Sheet(await post(path(sheet.id, '/renew'), {}));
    } catch (error) {
      tell(error.message, 'bad');
      return;
    }
    if (now && !sheet.items.has(now)) now = null;
    draw();
    tell('Annotated anew: everything decided stands as it was');
  },
  add: async () => {
    if (!told.can_annotate) { tell('This start of khkr review has no annotator.'); return; }
    const made = await askText(told.terms);
    if (made) { queue.take((await get('/api/articles')).articles); open(made.id); }
  },
  article: (by) => { const id = queue.neighbour(by); if (id) open(id); else tell(by > 0 ? 'That was the last text.' : 'That was the first text.'); },
  sort: () => { order = { place: 'doubt', doubt: 'kind', kind: 'place' }[order]; tell(`Annotations in order of ${order}`); drawTools(); },
  rejected: () => { hideRejected = !hideRejected; if (sheet) draw(); tell(hideRejected ? 'Rejected ones are hidden' : 'Rejected ones are shown'); },
  select: () => {
    if (!sheet || sheet.text === null) return;
    $('text').focus();
    const current = view();
    text.caret(current ? current.end : 0);
    tell('Arrows move, with Ctrl by word; Shift selects; then a label’s key, or I for an initiative');
  },
  help: () => showHelp([...HELP(told.terms.labels), ...(told.compare ? COMPARING : [])]),
};

for (const name of ['accept', 'reject', 'label', 'move', 'link', 'unlink', 'edit', 'create', 'evidence', 'note', 'undo', 'redo', 'acceptAbove']) {
  const now = act[name];
  act[name] = (...args) => (reloading ? reloading.then(() => now(...args)) : now(...args));
}

const HELP = (labels) => [
  ['Go', [['J K', 'next and previous annotation'], ['N P', 'next and previous that nobody decided'], ['Shift+J Shift+K', 'next and previous text'], ['S', 'order: place, doubt, kind'], ['/', 'find a text'], ['H', 'hide or show what was rejected']]],
  ['Decide', [['A', 'accept, and go on'], ['X', 'reject, and go on'], ['Shift+A', 'accept all from a score on'], ['Z', 'undo'], ['Y', 'redo'], ['T', 'note'], ['C', 'conflicts: both versions'], ['D', 'differences of two readings, and agreement (with --compare)']]],
  ['Correct', [['L', 'link: search by a name in any script'], ['U', 'unlink'], ['E', 'edit: value, or initiative'], ['[ ]', 'start one word earlier, later'], [', .', 'end one word earlier, later'], ['{ } < >', 'the same by one character']]],
  ['Add', [['M', 'select by keyboard: arrows, Ctrl for words, Shift selects'], ['1 … 9 0 -', 'label what is selected as a new mention, or change the label'], ['I', 'new initiative, from what is selected'], ['V', 'what is selected is evidence'], ['+', 'annotate a new text'], ['Shift+R', 'annotate this text anew: what was decided stays']]],
  ['Labels', labels.map((l, n) => [LABEL_KEYS[n], `${l.id}: ${l.label}`])],
];

const COMPARING = [
  ['Differences', [['D Esc', 'open and leave them'], ['J K', 'next and previous difference'], ['W', 'why'], ['1 2 0', 'keep the first reading, the second, neither'], ['Z Y', 'take the last ruling back, make it again']]],
];

const KEYS = {
  j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1), n: () => step(1, true), p: () => step(-1, true),
  J: () => act.article(1), K: () => act.article(-1), a: act.accept, x: act.reject, A: act.acceptAbove, z: act.undo, y: act.redo, t: act.note, c: act.conflicts, d: act.compare,
  l: act.link, u: act.unlink, e: act.edit, i: act.create, v: act.evidence, m: act.select, s: act.sort, h: act.rejected, R: act.renew, '+': act.add, '?': act.help,
  '[': () => act.move('start', -1, 'word'), ']': () => act.move('start', 1, 'word'), ',': () => act.move('end', -1, 'word'), '.': () => act.move('end', 1, 'word'),
  '{': () => act.move('start', -1, 'grapheme'), '}': () => act.move('start', 1, 'grapheme'), '<': () => act.move('end', -1, 'grapheme'), '>': () => act.move('end', 1, 'grapheme'),
  '/': () => { document.body.classList.add('menu'); $('find').focus(); },
  Escape: () => { document.getSelection().removeAllRanges(); document.body.classList.remove('menu'); $('text').focus(); },
};

/** Arrows in the text move a caret of the page's own: a text is no field, and browsers give it none. */
function caretKey(event) {
  const chosen = document.getSelection();
  if (document.activeElement !== $('text') || !chosen.rangeCount || !$('text').contains(chosen.focusNode)) return false;
  const direction = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'backward', ArrowDown: 'forward' }[event.key];
  if (!direction) return false;
  const unit = event.key === 'ArrowUp' || event.key === 'ArrowDown' ? 'line' : event.ctrlKey || event.altKey ? 'word' : 'character';
  chosen.modify(event.shiftKey ? 'extend' : 'move', direction, unit);
  return true;
}

document.addEventListener('keydown', (event) => {
  pressed = event.timeStamp;
  if (event.target.closest('dialog')) return;
  const key = keyOf(event);
  if (event.altKey && event.code === 'KeyV' && form) { event.preventDefault(); form.addEvidence(); return; }
  if (referee && $('queue').contains(event.target) === false && referee.key(event)) return;
  const typing = event.target.closest('input, textarea, select');
  if (typing) {
    if (key === 'Escape' && !form) { event.target.blur(); KEYS.Escape(); }
    return;
  }
  if (form && key === 'Escape') { event.preventDefault(); leaveForm(); return; }
  if (referee && !['J', 'K', '?', '/', 'd', 'h', 'z', 'y', 'Z'].includes(key)) return; // nothing is decided on that is not shown
  if (caretKey(event)) { event.preventDefault(); return; }
  if ((event.ctrlKey || event.metaKey) && 'zyZ'.includes(key)) {
    event.preventDefault();
    (key === 'z' ? act.undo : act.redo)();
    return;
  }
  // AltGr, by which many keyboards write brackets, is said to be Ctrl and Alt together
  if (!told || ((event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph'))) return;
  const n = LABEL_KEYS.indexOf(key);
  const action = n >= 0 ? () => act.label(told.terms.labels[n].id) : KEYS[key] || (event.getModifierState('CapsLock') ? KEYS[key.toLowerCase()] : null);
  if (!action || (!sheet && !['?', '+', '/'].includes(key))) return;
  event.preventDefault();
  action();
});

function drawTools() {
  fill($('tools'), button('Undo', 'Z', act.undo), button('Redo', 'Y', act.redo), button(`Order: ${order}`, 'S', act.sort), button('Accept sure ones', '⇧A', act.acceptAbove), told.compare ? button('Differences', 'D', act.compare) : null, told.can_annotate ? button('New text', '+', act.add) : null, button('Keys', '?', act.help),
    h('button', { type: 'button', class: 'who', title: 'Who decides', disabled: Boolean(told.layer), onclick: () => { const old = writer; writer = ''; name().then((given) => { if (!given) writer = old; drawTools(); }); } }, writer || 'Your name'));
}

/** The id of a text in the address; nothing when what stands there is none. */
function hashed() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

async function start() {
  try {
    told = await session();
  } catch (error) {
    saying(error.message, 'bad');
    fill($('text'), h('p', { class: 'problem' }, error.message));
    return;
  }
  writer = told.name || writer;
  $('where').textContent = told.layer ? `blind layer ${told.layer}` : told.compare ? `${told.corpus}: ${told.compare.join(' and ')}` : told.corpus;
  if (told.compare) queue.compare();
  drawTools();
  drawPanel($('panel'), null, null, told.terms, act);
  fill($('text'), h('p', { class: 'quiet' }, 'Reading the corpus…'));
  outbox.say();
  outbox.send();
  const { articles } = await get('/api/articles');
  queue.take(articles);
  const named = hashed();
  const first = articles.some((row) => row.id === named) ? named : (queue.shown()[0] || {}).id;
  if (first) {
    await open(first);
    if (told.compare && sheet) act.compare();
  } else fill($('text'), h('p', { class: 'quiet' }, 'No text is here yet. Press + to annotate one.'));
  setInterval(poll, POLL_MS);
  window.addEventListener('focus', poll);
  window.addEventListener('beforeunload', (event) => { if (outbox.entries.length || (form && form.changed())) event.preventDefault(); });
}

$('menu').addEventListener('click', () => { const shown = document.body.classList.toggle('menu'); $('menu').setAttribute('aria-expanded', String(shown)); });
start();
