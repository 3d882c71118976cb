// The compare view: two readings of the text beside it, how far they agree, and a referee's word on each difference.

import { get, path, post } from './api.js';
import { button, fill, h, kbd, keyOf, tell } from './dom.js';
import { versions, wordsOf } from './sheet.js';

const MEASURES = [['span micro', 'Mentions: span F1'], ['link accuracy', 'Links'], ['initiative matched by evidence', 'Initiatives matched, F1'], ['alpha kind', 'Kind, alpha'], ['alpha status', 'Status, alpha'], ['alpha assertion', 'Assertion, alpha'], ['alpha sectors', 'Sectors, alpha'], ['alpha actors', 'Actors, alpha']];
const share = (value) => (value === null || value === undefined ? '–' : value.toFixed(2));

function agreement(told) {
  const keyed = (rows) => new Map(rows.map((row) => [`${row.measure} ${row.label}`, row]));
  const [here, all] = [keyed(told.agreement), keyed(told.overall)];
  const known = new Map(MEASURES);
  const line = (key) => h('tr', {}, h('th', { scope: 'row' }, known.get(key) || key), [here, all].flatMap((rows) => { const row = rows.get(key) || { f1: null, n: 0 }; return [h('td', {}, share(row.f1)), h('td', { class: 'n' }, row.n)]; }));
  const table = (keys) => h('table', {}, h('thead', {}, h('tr', {}, ['', 'here', 'n', told.texts === 1 ? 'one text' : `${told.texts} texts`, 'n'].map((one) => (one ? h('th', { scope: 'col' }, one) : h('td', {}))))), h('tbody', {}, keys.map(line)));
  const rest = [...all.keys()].filter((key) => !known.has(key));
  return [table(MEASURES.map(([key]) => key)), h('details', {}, h('summary', {}, 'by label'), table(rest))];
}

/** By what a difference is known when it is told again. */
const sameAs = ({ what, first, second }) => `${what} ${first && first.id} ${second && second.id}`;

/**
 * `page` has sheet(), name(), text, place, shown(article), row(row) and close(); the panel is the referee's until then.
 */
export class Referee {
  constructor(page) {
    this.page = page;
    this.at = 0;
  }

  /** Whether the text has two readings; then the panel shows where they differ. */
  async open() {
    this.id = this.page.sheet().id;
    try {
      this.told = await get(path(this.id, '/compare'));
    } catch (error) {
      tell(error.status === 404 ? 'This text has not been read twice. The list shows which have.' : error.message);
      return false;
    }
    this.at = Math.max(0, this.told.differences.findIndex((one) => !one.ruling));
    this.draw();
    return true;
  }

  /** What stands there now; `follow` goes to the first difference that has changed, as after a step back or forth. */
  async renew(follow = false) {
    const told = await get(path(this.id, '/compare')).catch(() => null);
    if (!told || this.page.sheet().id !== this.id) return;
    const before = new Map(this.told.differences.map((one) => [sameAs(one), JSON.stringify(one.ruling)]));
    const here = this.place && sameAs(this.place);
    const changed = follow ? told.differences.findIndex((one) => before.get(sameAs(one)) !== JSON.stringify(one.ruling)) : -1;
    const still = told.differences.findIndex((one) => sameAs(one) === here);
    this.told = told;
    this.at = changed >= 0 ? changed : Math.max(0, still);
    this.draw();
  }

  get place() {
    return this.told.differences[this.at];
  }

  /** What a difference is about, in a line. */
  quote(place) {
    const { text, offsets } = this.page.sheet();
    const item = place.first || place.second;
    // several initiatives may rest on the same words
    const all = place.what === 'initiative' ? item.title : text === null ? place.bounds.join('–') : text.slice(...place.bounds.map(offsets.units));
    return all.length > 90 ? `${all.slice(0, 88)}…` : all;
  }

  /** The words that either reading of a difference stands on, in units. */
  spans(place) {
    const { units } = this.page.sheet().offsets;
    const all = [place.first, place.second].filter(Boolean).flatMap((item) => item.evidence || [item]);
    return [...new Map(all.map(({ start, end }) => [`${start} ${end}`, [units(start), units(end)]])).values()];
  }

  draw() {
    const { told, place } = this;
    const sheet = this.page.sheet();
    Object.assign(sheet.entities, { ...told.entities, ...sheet.entities });
    const left = told.differences.filter((one) => !one.ruling).length;
    this.list = h('ol', { class: 'entries' }, told.differences.map((one, n) => h('li', {}, h('button', { type: 'button', class: 'row', 'aria-current': n === this.at ? 'true' : null, onclick: () => this.go(n) },
      h('span', { class: 'what' }, h('span', { class: 'title' }, this.quote(one)), h('small', {}, `${one.what}: ${!one.first ? `only ${told.layers[1]}` : !one.second ? `only ${told.layers[0]}` : 'both, not the same'}`)),
      h('span', { class: `badge ${one.ruling ? 'done' : ''}` }, one.ruling ? { first: told.layers[0], second: told.layers[1], neither: 'neither' }[one.ruling.kept] : 'open')))));
    fill(this.page.place, h('div', { class: 'referee' },
      h('div', { class: 'head' }, h('h2', {}, `${told.layers.join(' and ')}: ${left} of ${told.differences.length} open`), button('Close', 'Esc', () => this.page.close())),
      place ? this.card(place) : h('p', { class: 'card' }, 'The two readings of this text say the same.'),
      told.differences.length ? this.list : null,
      h('section', { 'aria-label': 'Agreement' }, h('h3', {}, 'Agreement, before any ruling'), agreement(told))));
    if (sheet.text === null) return;
    this.page.text.highlight('differs', told.differences.filter((one) => !one.ruling && one !== place && one.what === 'mention').flatMap((one) => this.spans(one)));
    this.page.text.highlight('differs-now', place ? this.spans(place) : []);
    if (place) this.page.text.reveal(sheet.offsets.units(place.bounds[0]));
  }

  card(place) {
    const { told } = this;
    const sheet = this.page.sheet();
    const again = this.drawn === sameAs(place); // the page may be drawn again while somebody writes
    const typed = again ? this.why.value : null;
    const busy = again && document.activeElement === this.why;
    this.drawn = sameAs(place);
    const words = (item) => { if (!item) return { text: 'nothing' }; const all = wordsOf(item, sheet.nameOf); delete all.state; delete all['decided by']; return all; };
    const reasons = [...new Set(told.differences.filter((one) => one.ruling).map((one) => one.ruling.why))];
    this.why = h('input', { type: 'text', id: 'why', autocomplete: 'off', list: 'reasons', maxLength: 1000, oninput: () => { this.problem.textContent = ''; }, value: typed ?? (place.ruling ? place.ruling.why : '') });
    if (busy) setTimeout(() => this.why.focus());
    this.problem = h('p', { class: 'problem', role: 'alert' });
    return h('section', { class: 'card', 'aria-label': 'Difference' },
      h('div', { class: 'head' }, h('span', { class: 'kind' }, `${place.what} ${this.at + 1} of ${told.differences.length}`), h('small', {}, kbd('J'), kbd('K'))),
      versions(told.layers, [words(place.first), words(place.second)]),
      h('div', { class: 'field' }, h('label', { htmlFor: 'why' }, 'Why', kbd('W')), this.why, h('datalist', { id: 'reasons' }, reasons.map((one) => h('option', { value: one })))),
      this.problem,
      h('div', { class: 'more' }, place.first ? button(`Keep ${told.layers[0]}`, '1', () => this.rule('first')) : null, place.second ? button(`Keep ${told.layers[1]}`, '2', () => this.rule('second')) : null, button('Keep neither', '0', () => this.rule('neither'))),
      h('small', {}, 'What is kept goes into the accepted annotations; the reason stands beside the second layer. Alt with a number also works while you write.'));
  }

  go(n) {
    if (!this.told.differences[n]) return;
    this.at = n;
    this.draw();
  }

  async rule(kept) {
    const { place } = this;
    if (!place || this.ruling || (kept !== 'neither' && !place[kept])) return;
    const why = this.why.value.trim();
    if (!why) {
      this.problem.textContent = 'Say why, in a few words: the reason is kept.';
      this.why.focus();
      return;
    }
    const name = await this.page.name();
    if (!name) return;
    this.ruling = true;
    try {
      const answer = await post(path(this.id, '/rulings'), { name, what: place.what, first: place.first && place.first.id, second: place.second && place.second.id, kept, why });
      place.ruling = { kept, why };
      this.why.blur(); // keys go from difference to difference again
      this.page.shown(answer);
      const next = this.told.differences.findIndex((one, n) => n > this.at && !one.ruling);
      this.at = next >= 0 ? next : Math.max(0, this.told.differences.findIndex((one) => !one.ruling));
      this.draw();
      if (this.told.differences.every((one) => one.ruling)) tell('Every difference in this text is settled.');
    } catch (error) {
      this.problem.textContent = error.message;
    } finally {
      this.ruling = false;
    }
  }

  /** Whether the key was the referee's. */
  key(event) {
    const key = keyOf(event);
    const keep = { 1: 'first', 2: 'second', 0: 'neither' }[event.code.replace(/^(Digit|Numpad)/, '')];
    const typing = event.target === this.why;
    if (key === 'Escape') this.page.close();
    else if (keep && (event.altKey || !typing)) this.rule(keep);
    else if (typing) return false;
    else if (['j', 'n', 'ArrowDown'].includes(key)) this.go(this.at + 1);
    else if (['k', 'p', 'ArrowUp'].includes(key)) this.go(this.at - 1);
    else if (key === 'w' && this.why) this.why.focus();
    else return false;
    event.preventDefault();
    return true;
  }

  leave() {
    this.page.text.highlight('differs', []);
    this.page.text.highlight('differs-now', []);
  }
}
