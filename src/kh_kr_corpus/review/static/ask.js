// The dialogs: who is meant, which version stays, a new text, a new entity, a score, a note, the help sheet.

import { get, post } from './api.js';
import { button, dialog, fill, h, kbd } from './dom.js';

const field = (label, input, hint) => h('div', { class: 'field' }, h('label', {}, label, input), hint ? h('small', {}, hint) : null);

const rowOf = (one) => [
  h('strong', {}, one.name),
  h('span', { class: 'native' }, one.others.join(' · ')),
  h('small', {}, one.id, one.reasons ? ` — ${one.match === one.name ? '' : `${one.match}: `}${one.reasons.join(', ')}` : ''),
  one.needs && one.needs.length ? h('small', { class: 'doubt' }, `others fit as well; decided by: ${one.needs.join(', ')}`) : null,
];

/** Ask which entity is meant; resolves with an entity, null for none, undefined for no answer. */
export function askEntity(query, label, { unlink = false, create = null } = {}) {
  return dialog('Who or what is it?', (close) => {
    const list = h('ul', { role: 'listbox', id: 'found', 'aria-label': 'Entities' });
    const status = h('p', { class: 'quiet', role: 'status' });
    let found = [];
    let at = 0;
    let asked = 0;
    const mark = () => {
      [...list.children].forEach((li, n) => li.setAttribute('aria-selected', String(n === at)));
      input.setAttribute('aria-activedescendant', found.length ? `found-${at}` : '');
      if (list.children[at]) list.children[at].scrollIntoView({ block: 'nearest' });
    };
    const look = async () => {
      const mine = ++asked;
      const answer = await get(`/api/search?q=${encodeURIComponent(input.value)}&label=${encodeURIComponent(all.checked ? '' : label || '')}`).catch((e) => ({ found: [], error: e.message }));
      if (mine !== asked) return;
      found = answer.found;
      at = 0;
      fill(list, found.map((one, n) => h('li', { role: 'option', id: `found-${n}`, onclick: () => close(one) }, rowOf(one))));
      status.textContent = answer.error || (found.length ? `${found.length} found` : 'Nobody of that name is in the knowledge base.');
      mark();
    };
    const input = h('input', {
      type: 'search', value: query, autocomplete: 'off', spellcheck: false, role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'found', 'aria-label': 'Name in any script, or id',
      oninput: look,
      onkeydown: (event) => {
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          event.preventDefault();
          at = Math.max(0, Math.min(found.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)));
          mark();
        } else if (event.key === 'Escape') {
          event.preventDefault(); // else it would only empty the field
          close();
        } else if (event.key === 'Enter' && found[at]) {
          event.preventDefault();
          close(found[at]);
        }
      },
    });
    const all = h('input', { type: 'checkbox', onchange: look, checked: !label });
    setTimeout(() => { input.select(); look(); });
    return [input, h('label', { class: 'line' }, all, 'all types'), list, status,
      h('footer', {}, unlink ? button('No link', '', () => close(null)) : null,
        create ? button('New entity…', '', async () => { const made = await create(input.value); if (made) close(made); }) : null)];
  });
}

export function askNewEntity(name, label, terms) {
  const types = (terms.labels.find((l) => l.id === label) || {}).types || terms.entity_types.map((t) => t.id);
  return dialog('New entity', (close) => {
    const latin = /\p{Script=Latin}/u.test(name);
    const value = (test) => (test.test(name) ? name : '');
    const type = h('select', {}, types.map((id) => h('option', { value: id }, terms.entity_types.find((t) => t.id === id).label)));
    const english = h('input', { type: 'text', value: latin ? name : '', required: true });
    const coined = h('input', { type: 'checkbox' });
    const korean = h('input', { type: 'text', value: value(/\p{Script=Hangul}/u), lang: 'ko' });
    const khmer = h('input', { type: 'text', value: value(/\p{Script=Khmer}/u), lang: 'km' });
    const country = h('input', { type: 'text', maxLength: 2, placeholder: 'KH' });
    const note = h('textarea', { rows: 2 });
    const problem = h('p', { class: 'problem', role: 'alert' });
    const text = (input) => input.value.trim() || null;
    const save = async (event) => {
      event.preventDefault();
      try {
        close(await post('/api/entities', { type: type.value, name: english.value.trim(), coined: coined.checked, korean: text(korean), khmer: text(khmer), country: text(country) && country.value.trim().toUpperCase(), note: text(note) }));
      } catch (error) {
        problem.textContent = error.message;
      }
    };
    return h('form', { onsubmit: save }, field('Type', type), field('English name', english), h('label', { class: 'line' }, coined, 'our own form: no source has it in English'),
      field('Korean name', korean), field('Khmer name', khmer), field('Country', country, 'two letters, ISO 3166'), field('Note', note, 'who says so'), problem,
      h('footer', {}, h('button', { type: 'submit', class: 'main' }, 'Add to the knowledge base')));
  });
}

export function askText(terms) {
  return dialog('Annotate a new text', (close) => {
    const title = h('input', { type: 'text', required: true, maxLength: 300 });
    const date = h('input', { type: 'text', placeholder: '2026-03-12' });
    const genre = h('select', {}, h('option', { value: '' }, 'not said'), terms.genres.map((t) => h('option', { value: t.id }, t.label)));
    const language = h('select', {}, terms.languages.map((t) => h('option', { value: t.id, selected: t.id === 'en' }, t.label)));
    const text = h('textarea', { rows: 12, required: true, placeholder: 'The body only, without headline and byline' });
    const file = h('input', {
      type: 'file', accept: '.txt,text/plain', onchange: async () => {
        const one = file.files[0];
        if (!one) return;
        try {
          text.value = new TextDecoder('utf-8', { fatal: true }).decode(await one.arrayBuffer());
          if (!title.value) title.value = one.name.replace(/\.[^.]*$/, '').replaceAll(/[-_]+/g, ' ');
          problem.textContent = '';
        } catch {
          problem.textContent = 'This file is not UTF-8 text.';
        }
      },
    });
    const problem = h('p', { class: 'problem', role: 'alert' });
    const go = h('button', { type: 'submit', class: 'main' }, 'Annotate');
    const save = async (event) => {
      event.preventDefault();
      go.disabled = true;
      problem.textContent = 'Annotating; the first text takes some seconds…';
      try {
        close(await post('/api/articles', { title: title.value.trim(), text: text.value, date: date.value.trim() || null, genre: genre.value || null, language: language.value }));
      } catch (error) {
        problem.textContent = error.message;
        go.disabled = false;
      }
    };
    return h('form', { onsubmit: save }, field('Title', title), h('div', { class: 'pair' }, field('Date', date), field('Genre', genre)), field('Language', language), field('Text', text), field('…or a file', file), problem,
      h('p', { class: 'quiet' }, 'It becomes a file of your corpus with rights.text: local: yours, and refused by exports.'), h('footer', {}, go));
  }, { wide: true });
}

export function askLine(title, label, value, { hint = '', many = false, check = () => '' } = {}) {
  return dialog(title, (close) => {
    const input = many ? h('textarea', { rows: 4 }, value) : h('input', { type: 'text', value, autocomplete: 'off' });
    const problem = h('p', { class: 'problem', role: 'alert' });
    const save = (event) => {
      event.preventDefault();
      const wrong = check(input.value.trim());
      if (wrong) problem.textContent = wrong;
      else close(input.value.trim());
    };
    input.addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save(event); });
    return h('form', { onsubmit: save }, field(label, input, hint), problem, h('footer', {}, h('button', { type: 'submit', class: 'main' }, 'Save')));
  });
}

function versions(titles, sides) {
  const names = [...new Set(sides.flatMap((side) => Object.keys(side)))].filter((name) => sides.some((side) => (side[name] ?? '') !== ''));
  const differs = (name) => (sides[0][name] ?? '') !== (sides[1][name] ?? '');
  return h('div', { class: 'scroll', tabIndex: 0 }, h('table', {}, h('thead', {}, h('tr', {}, h('td', {}), titles.map((title) => h('th', { scope: 'col' }, title)))),
    h('tbody', {}, names.map((name) => h('tr', { class: differs(name) ? 'differs' : '' }, h('th', { scope: 'row' }, name), sides.map((side) => h('td', {}, side[name] ?? '—')))))));
}

/** Both versions of a conflict, field by field; resolves with `mine`, `theirs` or undefined. */
export function askConflict(dispute, words) {
  return dialog(`Two versions of ${dispute.what} ${dispute.id}`, (close) => [
    h('p', {}, `Not saved over the other one: ${dispute.why}.`),
    versions([`Decided by ${dispute.by.replace('human:', '')}`, 'In the corpus now'], [words(dispute.change.after), words(dispute.present)]),
    h('footer', { class: 'choices' }, button('Keep the decision', '', () => close('mine')), button('Keep what is there now', '', () => close('theirs'))),
  ], { wide: true });
}

const share = (value) => (value === null ? '–' : value.toFixed(2));

/** How far two readings agree, here and over all texts, and their differences; resolves with the number of one. */
export function askDifference(told, quote) {
  const overall = new Map(told.overall.map((row) => [`${row.measure} ${row.label}`, row]));
  const open = told.differences.filter((place) => !place.ruling).length;
  return dialog(`${told.layers.join(' and ')}: ${open} of ${told.differences.length} differences open`, (close) => [
    h('ol', { class: 'choices entries' }, told.differences.map((place, n) => h('li', {}, h('button', { type: 'button', class: 'row', onclick: () => close(n) },
      h('span', { class: 'what' }, h('span', { class: 'title' }, quote(place)), h('small', {}, `${place.what}: ${place.first ? '' : 'only in the second'}${place.second ? '' : 'only in the first'}${place.first && place.second ? 'both, not the same' : ''}`)),
      h('span', { class: 'badge' }, place.ruling ? `${place.ruling.kept} kept` : 'open'))))),
    h('details', {}, h('summary', {}, 'Agreement'), h('div', { class: 'scroll', tabIndex: 0 }, h('table', {}, h('thead', {}, h('tr', {}, ['measure', 'this text', 'n', `all ${told.texts} texts`, 'n'].map((one) => h('th', { scope: 'col' }, one)))),
      h('tbody', {}, told.agreement.map((row) => { const all = overall.get(`${row.measure} ${row.label}`) || { f1: null, n: 0 }; return h('tr', {}, h('th', { scope: 'row' }, `${row.measure} ${row.label}`), h('td', {}, share(row.f1)), h('td', {}, row.n), h('td', {}, share(all.f1)), h('td', {}, all.n)); }))))),
  ], { wide: true });
}

/** A referee's word on one difference; resolves with which reading is kept, and why. */
export function askRuling(place, layers, words) {
  return dialog(`Which reading of this ${place.what}?`, (close) => {
    const why = h('input', { type: 'text', autocomplete: 'off', value: place.ruling ? place.ruling.why : '' });
    const problem = h('p', { class: 'problem', role: 'alert' });
    const keep = (kept) => { if (why.value.trim()) close({ kept, why: why.value.trim() }); else { problem.textContent = 'Say why, in a few words: the reason is kept.'; why.focus(); } };
    return [versions(layers, [words(place.first), words(place.second)]), field('Why', why), problem,
      h('footer', {}, place.first ? button(`Keep ${layers[0]}`, '', () => keep('first')) : null, place.second ? button(`Keep ${layers[1]}`, '', () => keep('second')) : null, button('Keep neither', '', () => keep('neither')))];
  }, { wide: true });
}

export function showHelp(groups) {
  return dialog('Keys', () => h('div', { class: 'help', tabIndex: 0 }, groups.map(([title, rows]) => h('section', {}, h('h3', {}, title), h('dl', {}, rows.map(([keys, what]) => [h('dt', {}, keys.split(' ').map((k) => kbd(k))), h('dd', {}, what)]))))), { wide: true });
}
