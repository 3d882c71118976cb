// What is decided on now: the mention or initiative, why the machine thinks so, and what can be done with it.

import { button, h, kbd, refill } from './dom.js';
import { wordsOf } from './sheet.js';

export const LABEL_KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-'];

const percent = (score) => `${Math.round(score * 100)} %`;

function doubt(suggestion) {
  const { score, reason, by } = suggestion;
  return h('div', { class: 'score' }, h('meter', { min: 0, max: 1, low: 0.5, high: 0.8, optimum: 1, value: score, 'aria-label': `Score ${percent(score)}` }), h('strong', {}, percent(score)), h('small', {}, `${reason} · ${by}`));
}

function who(review) {
  if (review.state === 'suggested') return h('p', { class: 'state suggested' }, 'Suggested; nobody has decided');
  const name = (review.by || '').replace(/^human:/, '');
  const machine = (review.by || '').startsWith('model:');
  return h('p', { class: `state ${review.state}` }, h('strong', {}, review.state), review.by ? ` by ${machine ? `a program, ${review.by.slice(6)},` : name} ${(review.at || '').replace('T', ' ').replace('Z', ' UTC')}` : ' just now');
}

export function drawPanel(place, view, sheet, terms, act) {
  const top = view ? card(view, sheet, terms, act)
    : h('div', { class: 'card quiet' }, h('p', {}, sheet ? 'Nothing is chosen.' : 'Choose a text.'), sheet ? h('p', {}, kbd('J'), ' goes to the next annotation, ', kbd('?'), ' shows all keys.') : null);
  const below = sheet ? [reports(place.querySelector('.reports'), view, sheet, act)] : [];
  refill(place, top, below);
}

function card(view, sheet, terms, act) {
  const { raw } = view;
  const warning = view.what === 'mention' ? sheet.warnings[view.id] : '';
  return h('section', { class: 'card', 'aria-label': `${view.what} ${view.id}`, data: { label: view.label || '' } },
    h('div', { class: 'head' }, h('span', { class: 'kind' }, view.what === 'mention' ? view.label : `initiative ${view.id}`), view.what === 'mention' ? h('small', {}, view.id) : null),
    h('h2', {}, view.what === 'mention' ? raw.text : raw.title),
    raw.suggestion ? doubt(raw.suggestion) : null,
    who(raw.review),
    warning ? h('p', { class: 'problem' }, warning) : null,
    h('div', { class: 'verdict' }, button('Accept', 'A', act.accept, { class: 'yes' }), button('Reject', 'X', act.reject, { class: 'no' })),
    view.what === 'mention' ? mention(view, sheet, terms, act) : initiative(view, sheet, act),
    raw.review.note ? h('p', { class: 'note' }, raw.review.note) : null,
    h('div', { class: 'more' }, button(raw.review.note ? 'Change note' : 'Note', 'T', act.note)));
}

function mention(view, sheet, terms, act) {
  const { raw } = view;
  const entity = raw.entity && (sheet.entities[raw.entity] || { id: raw.entity, name: raw.entity, others: [] });
  const value = wordsOf(raw, sheet.nameOf).value;
  const valued = ['DATE', 'MONEY'].includes(raw.label);
  return [
    h('div', { class: 'link' }, valued ? [h('span', { class: 'quiet' }, 'Value '), h('strong', {}, value || 'none')] : entity ? [h('strong', {}, entity.name), h('span', { class: 'native' }, (entity.others || []).join(' · ')), h('small', {}, entity.id)] : h('span', { class: 'quiet' }, 'Linked to nothing')),
    h('div', { class: 'more' }, valued ? button('Value', 'E', act.edit) : [button('Link', 'L', act.link), raw.entity ? button('Unlink', 'U', act.unlink) : null]),
    h('div', { class: 'labels', role: 'group', 'aria-label': 'Label' }, terms.labels.map((term, n) => h('button', { type: 'button', class: 'label', data: { label: term.id }, title: `${term.label}: ${term.definition}`, 'aria-pressed': String(term.id === raw.label), onclick: () => act.label(term.id) }, term.id, kbd(LABEL_KEYS[n])))),
    sheet.text === null ? null : h('div', { class: 'bounds', role: 'group', 'aria-label': 'Bounds' }, [['start', -1, '[', 'Start one word earlier'], ['start', 1, ']', 'Start one word later'], ['end', -1, ',', 'End one word earlier'], ['end', 1, '.', 'End one word later']].map(([side, by, key, label]) => h('button', { type: 'button', title: `${label}; with Shift, one character`, 'aria-label': label, onclick: (event) => act.move(side, by, event.shiftKey ? 'grapheme' : 'word') }, `${side} ${by < 0 ? '←' : '→'}`, kbd(key)))),
  ];
}

function initiative(view, sheet, act) {
  const words = wordsOf(view.raw, sheet.nameOf);
  const shown = Object.entries(words).filter(([name, value]) => value && !['title', 'state', 'decided by', 'note', 'evidence'].includes(name));
  return [
    h('dl', { class: 'fields' }, shown.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
    h('ul', { class: 'quotes' }, view.spans.map(([a, b]) => h('li', {}, h('q', {}, sheet.text === null ? `${a}–${b}` : sheet.text.slice(a, b))))),
    h('div', { class: 'more' }, button('Edit', 'E', act.edit), sheet.text === null ? null : button('Add evidence', 'V', act.evidence)),
  ];
}

/** The list of initiatives; the one that stands there when nothing in it has changed. */
function reports(old, now, sheet, act) {
  const all = sheet.initiatives;
  const state = JSON.stringify([sheet.id, sheet.text === null, now && now.what === 'initiative' ? now.key : null, all.map((v) => [v.key, v.state, v.score, v.raw.title, v.raw.kind, v.raw.status])]);
  if (old && old.shows === state) return old;
  return h('section', { class: 'reports', shows: state }, h('h3', {}, `Initiatives (${all.length})`),
    h('ul', {}, all.map((view) => h('li', {}, h('button', { type: 'button', class: 'row', data: { state: view.state }, 'aria-current': now && now.key === view.key ? 'true' : null, onclick: () => act.go(view.key) }, h('span', { class: 'what' }, h('span', { class: 'title' }, view.raw.title), h('small', {}, `${view.raw.kind} · ${view.raw.status}`)), h('span', { class: `badge ${view.state}` }, { suggested: view.score === null ? '?' : percent(view.score), accepted: '✓', corrected: '✎', rejected: '✗' }[view.state]))))),
    sheet.text === null ? null : button('New initiative', 'I', act.create));
}
