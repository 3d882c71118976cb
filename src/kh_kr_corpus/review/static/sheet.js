// One article as the page shows it: the server's items, and views of them with bounds in UTF-16 units.

import { h } from './dom.js';
import { offsetsOf } from './offsets.js';

/** The fields of an item that a curator compares, as words. */
export function wordsOf(item, nameOf) {
  if (!item) return { state: 'not there' };
  const { review } = item;
  const money = (m) => `${m.qualifier ? `${m.qualifier} ` : ''}${m.amount.toLocaleString('en')}${m.amount_max ? `–${m.amount_max.toLocaleString('en')}` : ''} ${m.currency}`;
  const who = review.by ? `${review.by}, ${review.at}` : null;
  const common = { state: review.state, 'decided by': who, note: review.note };
  if ('label' in item) {
    const value = item.value && typeof item.value === 'object' ? money(item.value) : item.value;
    return { text: item.text, span: `${item.start}–${item.end}`, label: item.label, link: item.entity ? nameOf(item.entity) : 'none', value, ...common };
  }
  return {
    title: item.title, kind: item.kind, themes: item.themes.join(', '), sectors: item.sectors.join(', '), modalities: item.modalities.join(', '),
    status: item.status, 'as of': item.as_of, instrument: item.instrument, assertion: item.assertion,
    speaker: item.speaker ? [item.speaker.entity && nameOf(item.speaker.entity), item.speaker.office].filter(Boolean).join(', ') : null,
    actors: item.actors.map((a) => `${nameOf(a.entity)} (${a.role})`).join('; '), amount: item.amount ? money(item.amount) : null,
    period: item.period, place: item.place.map(nameOf).join(', '), evidence: item.evidence.map((e) => `${e.start}–${e.end}`).join(', '), activity: item.activity, ...common,
  };
}

/** Two versions of an item, field by field, as `wordsOf` gives them: where they differ, and folded away what both say. */
export function versions(titles, sides) {
  const names = [...new Set(sides.flatMap((side) => Object.keys(side)))].filter((name) => sides.some((side) => (side[name] ?? '') !== ''));
  const differs = (name) => (sides[0][name] ?? '') !== (sides[1][name] ?? '');
  const table = (rows) => h('table', {}, h('thead', {}, h('tr', {}, h('td', {}), titles.map((title) => h('th', { scope: 'col' }, title)))),
    h('tbody', {}, rows.map((name) => h('tr', { class: differs(name) ? 'differs' : '' }, h('th', { scope: 'row' }, name), sides.map((side) => h('td', {}, side[name] || '—'))))));
  const first = names.filter((name) => differs(name) || ['title', 'text'].includes(name));
  const same = names.filter((name) => !first.includes(name));
  return h('div', { class: 'scroll', tabIndex: 0 }, table(first), same.length ? h('details', {}, h('summary', {}, `the same in both: ${same.join(', ')}`), table(same)) : null);
}

export class Sheet {
  constructor(data) {
    this.take(data);
  }

  take(data) {
    this.id = data.article.id;
    this.article = data.article;
    this.text = data.article.text;
    this.offsets = offsetsOf(this.text || '');
    this.entities = { ...(this.entities || {}), ...data.entities };
    this.warnings = data.warnings;
    this.sentences = data.sentences.map(([a, b]) => [this.offsets.units(a), this.offsets.units(b)]);
    this.items = new Map();
    for (const raw of data.mentions) this.put('mention', raw);
    for (const raw of data.initiatives) this.put('initiative', raw);
    this.takeState(data);
  }

  takeState(data) {
    for (const name of ['version', 'seq', 'problem', 'written', 'undo', 'redo', 'disputes']) this[name] = data[name];
  }

  nameOf = (id) => (this.entities[id] ? this.entities[id].name : id);

  put(what, raw) {
    const view = { key: `${what}/${raw.id}`, id: raw.id, what, raw, state: raw.review.state, score: raw.suggestion ? raw.suggestion.score : null };
    if (what === 'mention') {
      view.start = this.offsets.units(raw.start);
      view.end = this.offsets.units(raw.end);
      view.label = raw.label;
      const sure = view.score === null ? '' : `, ${Math.round(view.score * 100)} percent sure`;
      view.spoken = `${raw.text}: ${raw.label}, ${view.state}${sure}, ${raw.entity ? `linked to ${this.nameOf(raw.entity)}` : 'not linked'}`;
    } else {
      view.spans = raw.evidence.map((e) => [this.offsets.units(e.start), this.offsets.units(e.end)]);
      view.start = view.spans.length ? Math.min(...view.spans.map((s) => s[0])) : 0;
      view.firstEnd = view.spans.length ? Math.min(...view.spans.map((s) => s[1])) : 0;
      view.end = view.spans.length ? Math.max(...view.spans.map((s) => s[1])) : 0;
    }
    this.items.set(view.key, view);
    return view;
  }

  get mentions() {
    return [...this.items.values()].filter((v) => v.what === 'mention');
  }

  get initiatives() {
    return [...this.items.values()].filter((v) => v.what === 'initiative');
  }

  /** All items in the order in which they are gone through. */
  ordered(sort) {
    const all = [...this.items.values()];
    // an initiative comes behind the mentions of its first sentence: who does what in it is decided then
    const at = (v) => (v.what === 'initiative' ? v.firstEnd : v.start);
    const place = (a, b) => at(a) - at(b) || (a.what === 'initiative') - (b.what === 'initiative') || a.end - b.end;
    // as corpus.by_doubt(): most where the score says least, and nothing that is decided
    const doubt = (v) => (v.state === 'suggested' ? 1 - Math.abs(2 * (v.score ?? 1) - 1) : -1);
    if (sort === 'doubt') return all.sort((a, b) => doubt(b) - doubt(a) || place(a, b));
    if (sort === 'kind') return all.sort((a, b) => (a.label || a.raw.kind).localeCompare(b.label || b.raw.kind) || place(a, b));
    return all.sort(place);
  }

  /** The sentences that a span touches, as one span. */
  sentencesAround(start, end) {
    const touched = this.sentences.filter(([a, b]) => a < end && start < b);
    return touched.length ? [touched[0][0], touched.at(-1)[1]] : null;
  }

  /** Bounds in units as the server wants them. */
  points(start, end) {
    return { start: this.offsets.points(start), end: this.offsets.points(end) };
  }
}
