// The form of an initiative. It stands beside the text, so that evidence can be selected while it is open.

import { button, fill, h } from './dom.js';

const split = (text) => text.split(',').map((one) => one.trim()).filter(Boolean);

function field(label, input, hint) {
  const id = `f-${label.replace(/\W+/g, '-')}`;
  input.id = input.id || id;
  return h('div', { class: 'field' }, h('label', { htmlFor: input.id }, label), input, hint ? h('small', {}, hint) : null);
}

const select = (terms, value, empty) =>
  h('select', {}, empty ? h('option', { value: '' }, empty) : null, terms.map((t) => h('option', { value: t.id, selected: t.id === value, title: t.definition }, t.label)));

function chips(legend, terms, chosen) {
  const boxes = terms.map((t) => h('label', { class: 'chip', title: t.definition }, h('input', { type: 'checkbox', value: t.id, checked: chosen.includes(t.id) }), t.label));
  const element = h('fieldset', { class: 'chips' }, h('legend', {}, legend), boxes);
  element.values = () => [...element.querySelectorAll('input:checked')].map((i) => i.value);
  return element;
}

/**
 * A list of entities; `extra(entry)` adds what stands beside each, `offered()` names those that the evidence speaks of,
 * which are one click away.
 */
function people(legend, entries, nameOf, pick, { extra = () => null, offered = () => [], most = Infinity } = {}) {
  const list = h('ul', { class: 'entries' });
  const offers = h('div', { class: 'offers' });
  const add = (id) => draw([...element.entries, { entity: id, role: 'partner' }].slice(-most));
  const element = h('fieldset', {}, h('legend', {}, legend), list, offers, button(`Add ${legend.toLowerCase()}`, '', async () => {
    const found = await pick('');
    if (found) add(found.id);
  }));
  element.offer = () => {
    const ids = [...new Set(offered())].filter((id) => !element.entries.some((entry) => entry.entity === id));
    fill(offers, ids.length ? h('small', {}, 'in the evidence: ') : null, ids.map((id) => h('button', { type: 'button', class: 'offer', onclick: () => add(id) }, `+ ${nameOf(id)}`)));
  };
  const draw = (now) => {
    element.entries = now;
    fill(list, now.map((entry, n) => h('li', {}, h('span', {}, nameOf(entry.entity)), extra(entry),
      h('button', { type: 'button', class: 'plain', 'aria-label': `Remove ${nameOf(entry.entity)}`, onclick: () => draw(now.filter((_, m) => m !== n)) }, '×'))));
    element.offer();
  };
  draw(entries.map((entry) => ({ ...entry }))); // what the page shows elsewhere stays as it is
  return element;
}

const EMPTY = { title: '', kind: 'training', themes: ['training'], sectors: [], modalities: [], status: 'pledged', assertion: 'author-reports', actors: [], place: [], evidence: [] };

/** Build the form; `act` has save(fields), cancel(), pick(query), evidence() and quote(start, end). */
export function initiativeForm(raw, sheet, terms, act) {
  const now = raw || EMPTY;
  const nameOf = sheet.nameOf;
  let picking = false; // nothing is saved while an entity is on its way into the form
  const pick = async (query) => {
    picking = true;
    const found = await act.pick(query);
    setTimeout(() => { picking = false; });
    return found;
  };
  const input = (value, props = {}) => h('input', { type: 'text', value: value ?? '', autocomplete: 'off', ...props });
  const title = h('textarea', { rows: 2, required: true }, now.title);
  const kind = select(terms.kinds, now.kind);
  const themes = chips('Themes', terms.kinds, now.themes);
  const sectors = chips('Sectors', terms.sectors, now.sectors);
  const modalities = chips('Modalities', terms.modalities, now.modalities);
  const status = select(terms.statuses, now.status);
  const asOf = input(now.as_of ?? sheet.article.date, { placeholder: '2023-10' });
  const instrument = select(terms.instruments, now.instrument, 'none');
  const assertion = select(terms.assertions, now.assertion);
  const office = input(now.speaker ? now.speaker.office : '');
  let spans = now.evidence.map((e) => [sheet.offsets.units(e.start), sheet.offsets.units(e.end)]);
  const said = (...labels) => sheet.mentions.filter((m) => m.state !== 'rejected' && labels.includes(m.label) && spans.some(([a, b]) => m.start < b && a < m.end));
  const linked = (...labels) => () => said(...labels).map((m) => m.raw.entity).filter(Boolean);
  const speaker = people('Speaker', now.speaker && now.speaker.entity ? [{ entity: now.speaker.entity }] : [], nameOf, pick, { offered: linked('PERSON', 'ORG'), most: 1 });
  const actors = people('Actors', now.actors, nameOf, pick, {
    offered: linked('ORG', 'GPE', 'PERSON'),
    extra: (entry) => {
      const role = select(terms.roles, entry.role);
      role.setAttribute('aria-label', `Role of ${nameOf(entry.entity)}`);
      role.addEventListener('change', () => { entry.role = role.value; });
      return role;
    },
  });
  const places = people('Places', now.place.map((entity) => ({ entity })), nameOf, pick, { offered: linked('GPE', 'LOC', 'FAC') });
  const money = now.amount || {};
  const amount = input(money.amount, { inputMode: 'decimal', placeholder: '11700000' });
  const amountMax = input(money.amount_max, { inputMode: 'decimal', placeholder: 'upper end of a range' });
  const currency = select(terms.currencies, money.currency, 'currency');
  const qualifier = select(terms.qualifiers, money.qualifier, 'exactly');
  const period = input(now.period, { placeholder: '2021/2023' });
  const activity = input(now.activity);
  const evidence = h('ul', { class: 'quotes' });
  const offers = h('div', { class: 'offers' });
  const offer = () => {
    for (const one of [actors, places, speaker]) one.offer();
    const taken = [...said('MONEY').filter((m) => m.raw.value).map((m) => [m.raw.text, () => {
      const { value } = m.raw;
      [amount.value, amountMax.value, currency.value, qualifier.value] = [value.amount, value.amount_max ?? '', value.currency, value.qualifier ?? ''];
    }]), ...said('DATE').filter((m) => m.raw.value).map((m) => [m.raw.text, () => { period.value = m.raw.value; }])];
    fill(offers, taken.length ? h('small', {}, 'in the evidence: ') : null, taken.map(([words, take]) => h('button', { type: 'button', class: 'offer', onclick: take }, words)));
  };
  const drawEvidence = () => {
    spans.sort((a, b) => a[0] - b[0]);
    fill(evidence, spans.length ? spans.map((span, n) => h('li', {}, h('q', {}, act.quote(...span)),
      h('button', { type: 'button', class: 'plain', 'aria-label': 'Remove this evidence', onclick: () => { spans.splice(n, 1); drawEvidence(); } }, '×')))
      : h('li', { class: 'quiet' }, 'None yet: select a sentence in the text.'));
    act.shown(spans);
    offer();
  };
  const problem = h('p', { class: 'problem', role: 'alert' });
  const number = (one) => (one.value.trim() ? Number(one.value.replaceAll(',', '')) : null);
  const collect = () => ({
    title: title.value.trim(), kind: kind.value, themes: [...new Set([kind.value, ...themes.values()])], sectors: sectors.values(), modalities: modalities.values(),
    status: status.value, as_of: asOf.value.trim() || null, instrument: instrument.value || null, assertion: assertion.value,
    speaker: speaker.entries.length || office.value.trim() ? { entity: speaker.entries.length ? speaker.entries[0].entity : null, office: office.value.trim() || null } : null,
    actors: actors.entries.map(({ entity, role }) => ({ entity, role })), place: places.entries.map((p) => p.entity),
    amount: number(amount) === null ? null : { amount: number(amount), currency: currency.value, qualifier: qualifier.value || null, amount_max: number(amountMax) },
    period: period.value.trim() || null, activity: activity.value.trim() || null, evidence: spans.map(([a, b]) => sheet.points(a, b)),
  });
  const save = () => {
    if (picking) return;
    const fields = collect();
    const missing = [!fields.title && 'a title', !fields.sectors.length && 'a sector', !fields.evidence.length && 'evidence'].filter(Boolean);
    if (missing.length) problem.textContent = `Still missing: ${missing.join(', ')}.`;
    else act.save(fields);
  };
  const form = h('form', { class: 'initiative', 'aria-label': raw ? `Initiative ${raw.id}` : 'New initiative', onsubmit: (event) => { event.preventDefault(); save(); } },
    h('h2', {}, raw ? `Initiative ${raw.id}` : 'New initiative'),
    field('Title', title, 'What is to happen, in your own words'),
    h('div', { class: 'pair' }, field('Kind', kind), field('Status', status)),
    h('div', { class: 'pair' }, field('Assertion', assertion), field('As of', asOf)),
    h('fieldset', {}, h('legend', {}, 'Evidence'), evidence, button('Add what is selected', 'Alt+V', () => form.addEvidence())),
    actors, offers,
    h('div', { class: 'pair' }, field('Amount', amount), field('Currency', currency)), h('div', { class: 'pair' }, field('Amount, upper end', amountMax), field('Qualifier', qualifier)),
    h('div', { class: 'pair' }, field('Period', period), field('Instrument', instrument)),
    sectors, places, speaker, field('Office of the speaker', office), modalities, themes,
    field('Activity', activity, 'id of the activity that it reports'),
    problem,
    h('footer', {}, h('button', { type: 'submit', class: 'main' }, 'Save', h('kbd', { 'aria-hidden': 'true' }, 'Ctrl+Enter')), button('Cancel', 'Esc', act.cancel)));
  form.addEvidence = () => {
    const span = act.evidence();
    if (!span) problem.textContent = 'Select a sentence in the text first.';
    else if (!spans.some((s) => s[0] === span[0] && s[1] === span[1])) spans.push(span);
    drawEvidence();
  };
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); save(); }
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); act.cancel(); } // else it would close what asks, too
  });
  let saved = ''; // as it was opened
  form.opened = () => { saved = JSON.stringify(collect()); };
  form.changed = () => JSON.stringify(collect()) !== saved;
  drawEvidence();
  return form;
}
