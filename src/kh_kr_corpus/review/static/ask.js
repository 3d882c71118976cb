// The dialogs: who is meant, which version stays, a new text, a new entity, a score, a note, the help sheet.

import { get, post } from './api.js';
import { button, dialog, fill, h, kbd } from './dom.js';
import { versions } from './sheet.js';

const field = (label, input, hint) => h('div', { class: 'field' }, h('label', {}, label, input), hint ? h('small', {}, hint) : null);

const rowOf = (one) => [
  h('strong', {}, one.name),
  h('span', { class: 'native' }, one.others.join(' · ')),
  h('small', {}, one.id, one.reasons ? ` — ${one.match === one.name ? '' : `${one.match}: `}${one.reasons.join(', ')}` : ''),
  one.needs && one.needs.length ? h('small', { class: 'doubt' }, `others fit as well; decided by: ${one.needs.join(', ')}`) : null,
];

/** Ask which entity is meant; resolves with an entity, null for none, undefined for no answer. */
export function askEntity(query, label, { now = null, unlink = false, create = null } = {}) {
  return dialog('Who or what is it?', (close) => {
    const list = h('ul', { role: 'listbox', id: 'found', 'aria-label': 'Entities' });
    const status = h('p', { class: 'quiet', role: 'status' });
    let found = [];
    let at = 0;
    let asked = 0;
    const mark = () => {
      [...list.children].forEach((li, n) => li.setAttribute('aria-selected', String(n === at)));
      input.setAttribute('aria-activedescendant', found[at] ? `found-${at}` : '');
      if (list.children[at]) list.children[at].scrollIntoView({ block: 'nearest' });
    };
    const look = async () => {
      const mine = ++asked;
      found = []; // what is shown until the answer comes was found for other words, and is not taken
      const ask = (types) => get(`/api/search?q=${encodeURIComponent(input.value)}&label=${encodeURIComponent(types)}`).catch((e) => ({ found: [], error: e.message }));
      let answer = await ask(all.checked ? '' : label || '');
      const others = !answer.found.length && !answer.error && label && !all.checked && input.value.trim();
      if (others) answer = await ask('');
      if (mine !== asked) return;
      found = answer.found;
      // one of another type is taken only when it is chosen; the one that it is already stays the first choice
      at = others ? -1 : Math.max(0, found.findIndex((one) => one.id === now));
      fill(list, found.map((one, n) => h('li', { role: 'option', id: `found-${n}`, onclick: () => close(one) }, rowOf(one), one.id === now ? h('small', {}, 'linked now') : null)));
      status.textContent = answer.error || (!found.length ? 'Nobody of that name is in the knowledge base.' : others ? `None of the types of ${label}; of other types:` : `${found.length} found`);
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
    return [input, h('label', { class: 'line' }, all, 'all types'), status, list,
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

export function askLine(title, label, value, { hint = '', many = false, check = () => '', live = null } = {}) {
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
    const now = live ? h('p', { class: 'live', role: 'status' }, live(value)) : null;
    if (live) input.addEventListener('input', () => { now.textContent = live(input.value.trim()); });
    return h('form', { onsubmit: save }, field(label, input, hint), now, problem, h('footer', {}, h('button', { type: 'submit', class: 'main' }, 'Save')));
  });
}

/** Whether what somebody has written in a form may go. */
export function askLeave() {
  return dialog('Throw away what you wrote?', (close) => [
    h('p', {}, 'The form has changes that are not saved.'),
    h('footer', { class: 'choices' }, button('Keep writing', '', () => close(false)), button('Throw away', '', () => close(true))),
  ]);
}

/** Both versions of a conflict, field by field; resolves with `mine`, `theirs` or undefined. */
export function askConflict(dispute, words) {
  return dialog(`Two versions of ${dispute.what} ${dispute.id}`, (close) => [
    h('p', {}, `Not saved over the other one: ${dispute.why}.`),
    versions([`Decided by ${dispute.by.replace('human:', '')}`, 'In the corpus now'], [words(dispute.change.after), words(dispute.present)]),
    h('footer', { class: 'choices' }, button('Keep the decision', '', () => close('mine')), button('Keep what is there now', '', () => close('theirs'))),
  ], { wide: true });
}

export function showHelp(groups) {
  return dialog('Keys', () => h('div', { class: 'help', tabIndex: 0 }, groups.map(([title, rows]) => h('section', {}, h('h3', {}, title), h('dl', {}, rows.map(([keys, what]) => [h('dt', {}, keys.split(' ').map((k) => kbd(k))), h('dd', {}, what)]))))), { wide: true });
}
