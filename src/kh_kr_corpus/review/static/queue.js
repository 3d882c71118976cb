// The list of texts, with what is left in each, and the progress over all.

import { fill, h, match, refill } from './dom.js';

const COMPARED = { differences: ['Most differences first', (a, b) => left(b) - left(a)] };
const left = (row) => (row.differences ? row.differences[0] : -1);
const ORDERS = {
  doubt: ['Most doubt first', (a, b) => b.doubt - a.doubt],
  date: ['Newest first', (a, b) => (b.date || '').localeCompare(a.date || '')],
  kind: ['By kind', (a, b) => (a.kinds[0] || '~').localeCompare(b.kinds[0] || '~') || b.doubt - a.doubt],
  title: ['By title', (a, b) => a.title.localeCompare(b.title)],
};

export class Queue {
  constructor(place, onOpen, onPrograms) {
    this.compared = false;
    this.place = place;
    this.onOpen = onOpen;
    this.rows = [];
    this.order = 'doubt';
    this.search = h('input', { type: 'search', id: 'find', placeholder: 'Find a text', 'aria-label': 'Find a text', oninput: () => this.draw() });
    this.sort = h('select', { 'aria-label': 'Order of texts', onchange: () => { this.order = this.sort.value; this.draw(); } }, Object.entries(ORDERS).map(([id, [label]]) => h('option', { value: id }, label)));
    this.left = h('input', { type: 'checkbox', onchange: () => this.draw() });
    this.programs = h('input', { type: 'checkbox', onchange: () => { this.draw(); onPrograms(this.programs.checked); } });
    this.total = h('div', { class: 'total' });
    this.list = h('ol', {});
    fill(place, this.total, h('div', { class: 'filters' }, this.search, this.sort, h('label', { class: 'line' }, this.left, 'only texts with something left'), h('label', { class: 'line' }, this.programs, 'what programs decided is left too')), this.list);
  }

  /** Two readings are compared: what is left in a text is the differences that nobody has ruled on. */
  compare() {
    this.compared = true;
    Object.assign(ORDERS, COMPARED);
    this.order = 'differences';
    this.sort.prepend(h('option', { value: 'differences' }, COMPARED.differences[0]));
    this.sort.value = 'differences';
    this.programs.parentElement.hidden = true;
  }

  take(rows) {
    this.rows = rows;
    this.draw();
  }

  update(row) {
    const n = this.rows.findIndex((one) => one.id === row.id);
    if (n < 0) this.rows.push(row);
    else this.rows[n] = row;
    // the order stays while somebody works: nothing jumps away under the hand
    const old = this.list.querySelector(`[data-id="${CSS.escape(row.id)}"]`);
    if (old) match(old, this.line(row));
    this.drawTotal();
  }

  /** How much of a text is left to decide. */
  open(row) {
    if (this.compared) return Math.max(0, left(row));
    return (row.open || 0) + (this.programs.checked ? row.programs || 0 : 0);
  }

  shown() {
    const wanted = this.search.value.trim().toLowerCase();
    const rows = this.rows.filter((row) => (!wanted || `${row.title} ${row.id} ${row.date}`.toLowerCase().includes(wanted)) && (!this.left.checked || this.open(row) || row.id === this.now));
    return rows.sort((a, b) => (!a.problem) - (!b.problem) || (a.problem ? 0 : ORDERS[this.order][1](a, b)) || a.id.localeCompare(b.id));
  }

  draw() {
    fill(this.list, this.shown().map((row) => this.line(row)));
    this.drawTotal();
  }

  drawTotal() {
    if (this.compared) {
      const twice = this.rows.filter((row) => row.differences);
      const [open, all] = [0, 1].map((n) => twice.reduce((sum, row) => sum + row.differences[n], 0));
      refill(this.total, h('progress', { max: all || 1, value: all - open, 'aria-label': 'Differences settled' }), h('p', {}, h('strong', {}, `${open.toLocaleString('en')} of ${all.toLocaleString('en')} differences left`), ` · ${twice.length.toLocaleString('en')} text${twice.length === 1 ? '' : 's'} read twice`));
      return;
    }
    const sum = (name) => this.rows.reduce((n, row) => n + (row[name] || 0), 0);
    const open = this.rows.reduce((n, row) => n + this.open(row), 0);
    const decided = sum('open') + sum('decided') - open;
    const share = open + decided ? Math.floor((100 * decided) / (open + decided)) : 100;
    refill(this.total, h('progress', { max: open + decided || 1, value: decided, 'aria-label': 'Decided of all annotations' }), h('p', {}, h('strong', {}, `${open.toLocaleString('en')} left`), ` · ${share} % decided · ${sum('human').toLocaleString('en')} by people`));
  }

  line(row) {
    const facts = row.problem ? row.problem : [row.date, row.kinds.slice(0, 2).join(', ')].filter(Boolean).join(' · ');
    const badge = row.problem ? h('span', { class: 'badge bad' }, '!') : this.compared ? compared(row) : this.open(row) ? h('span', { class: 'badge', title: `${this.open(row)} left; doubt ${row.doubt.toFixed(1)}` }, String(this.open(row))) : h('span', { class: 'badge done', title: 'all decided' }, '✓');
    return h('li', { data: { id: row.id } }, h('button', { type: 'button', class: 'row', 'aria-current': row.id === this.now ? 'true' : null, onclick: () => this.onOpen(row.id) },
      h('span', { class: 'what' }, h('span', { class: 'title' }, row.title), h('small', {}, facts)), row.conflicts ? h('span', { class: 'badge bad', title: 'conflicts' }, '⚠') : null, badge));
  }

  mark(id) {
    const before = this.now;
    this.now = id;
    for (const one of [before, id]) {
      const row = this.rows.find((r) => r.id === one);
      const old = row && this.list.querySelector(`[data-id="${CSS.escape(one)}"]`);
      if (old) match(old, this.line(row));
    }
    const line = this.list.querySelector('[aria-current]');
    if (line) line.scrollIntoView({ block: 'nearest' });
  }

  /** The next text that has something left, in the order shown. */
  neighbour(by) {
    const rows = this.shown();
    const at = rows.findIndex((row) => row.id === this.now);
    const row = rows[at + by];
    return row ? row.id : null;
  }
}

function compared(row) {
  if (!row.differences) return h('span', { class: 'badge', title: 'not read twice' }, '–');
  const [open, all] = row.differences;
  return open ? h('span', { class: 'badge', title: `${open} of ${all} differences left` }, String(open)) : h('span', { class: 'badge done', title: all ? 'all differences settled' : 'no difference' }, '✓');
}
