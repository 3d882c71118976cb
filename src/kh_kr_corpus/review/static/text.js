// The text with its marks. Pieces are cut at every bound, so overlapping spans never make crossing elements;
// evidence and the caret's sentence are CSS highlights over them, which change nothing in the document.

import { h, put, wear } from './dom.js';

const words = 'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'word' }) : null;
const graphemes = 'Segmenter' in Intl ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : null;

/** Bounds inside `text` where a step may stop: of words, or of what a reader sees as one character. */
function stops(text, kind) {
  const segmenter = kind === 'word' ? words : graphemes;
  if (segmenter) return [...segmenter.segment(text)].map((s) => s.index).concat(text.length);
  const pattern = kind === 'word' ? /[\p{L}\p{N}\p{M}]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu : /\P{M}\p{M}*/gu;
  return [...text.matchAll(pattern)].map((m) => m.index).concat(text.length);
}

/** What two pieces must share to be the same one: their kind, and the words they stand on. */
const place = (piece) => `${piece.localName} ${piece.dataset.s} ${Number(piece.dataset.s) + piece.firstChild.length}`;

export class TextView {
  constructor(place, onPick) {
    this.place = place;
    this.blocks = [];
    this.lit = new Map(); // name of a CSS highlight: the spans that it colours
    place.addEventListener('click', (event) => {
      const mark = event.target.closest('mark');
      if (mark && document.getSelection().isCollapsed) onPick(mark.dataset.ids.split(' '), event);
    });
    // a browser works out all highlights anew at each change of the page: those far from what is seen are left away
    place.addEventListener('contentvisibilityautostatechange', (event) => {
      const block = this.blocks.find((one) => one.element === event.target);
      if (!block) return;
      block.unseen = event.skipped;
      for (const name of this.lit.keys()) this.light(block, name);
    });
  }

  /** Show a text; `mentions` are views with bounds in units. */
  show(text, mentions, { now, hideRejected }) {
    this.text = text;
    this.now = now;
    this.hideRejected = hideRejected;
    this.blocks = [];
    this.lit.clear();
    if ('highlights' in CSS) CSS.highlights.clear();
    let start = 0;
    for (const line of text.split('\n')) {
      this.blocks.push({ start, end: start + line.length, element: h('p', { class: line ? '' : 'gap' }), ranges: new Map() });
      start += line.length + 1;
    }
    this.mentions = mentions;
    const sorted = [...mentions].sort((a, b) => a.start - b.start || b.end - a.end);
    let from = 0;
    for (const block of this.blocks) {
      while (from < sorted.length && sorted[from].end <= block.start) from++;
      const inside = [];
      for (let n = from; n < sorted.length && sorted[n].start < block.end; n++) if (sorted[n].end > block.start) inside.push(sorted[n]);
      this.paint(block, inside);
    }
    this.place.replaceChildren(...this.blocks.map((b) => b.element));
  }

  /** Paint again the lines that a change between these bounds touches. */
  refresh(mentions, bounds) {
    this.mentions = mentions;
    for (const block of this.blocks) {
      if (!bounds.some(([a, b]) => a <= block.end && b >= block.start)) continue;
      const inside = mentions.filter((m) => m.start < block.end && m.end > block.start);
      this.paint(block, inside.sort((a, b) => a.start - b.start || b.end - a.end));
    }
  }

  paint(block, mentions) {
    const shown = mentions.filter((m) => m.end > m.start && !(this.hideRejected && m.state === 'rejected' && m.id !== this.now));
    const cuts = new Set([block.start, block.end]);
    for (const m of shown) {
      cuts.add(Math.max(m.start, block.start));
      cuts.add(Math.min(m.end, block.end));
    }
    const edges = [...cuts].sort((a, b) => a - b);
    const standing = new Map([...block.element.childNodes].map((one) => [place(one), one]));
    const pieces = [];
    let ahead = 0;
    let over = [];
    for (let n = 0; n + 1 < edges.length; n++) {
      const [start, end] = [edges[n], edges[n + 1]];
      while (ahead < shown.length && shown[ahead].start <= start) over.push(shown[ahead++]);
      over = over.filter((m) => m.end > start);
      pieces.push(this.piece(start, end, over, standing));
    }
    if (!put(block.element, pieces)) return; // its words stand where they stood, and so do the colours over them
    for (const name of this.lit.keys()) this.light(block, name);
  }

  /** The words between two cuts; those that stand there already stay, and change only their looks. */
  piece(start, end, over, standing) {
    const tag = over.length ? 'mark' : 'span';
    const piece = standing.get(`${tag} ${start} ${end}`) || h(tag, { data: { s: start } }, this.text.slice(start, end));
    if (over.length) this.dress(piece, start, end, over);
    return piece;
  }

  dress(mark, start, end, over) {
    // the innermost is in front; a second one shows as a line below
    const order = [...over].sort((a, b) => (b.id === this.now) - (a.id === this.now) || (a.state === 'rejected') - (b.state === 'rejected') || a.end - a.start - (b.end - b.start));
    const [top, under] = order;
    const first = start === top.start;
    const doubted = top.score !== null && top.state === 'suggested';
    wear(mark, {
      class: over.some((m) => m.id === this.now) ? 'now' : null,
      'data-ids': order.map((m) => m.id).join(' '), 'data-label': top.label, 'data-state': top.state, 'data-first': String(first), 'data-last': String(end === top.end),
      'data-under': under ? under.label : null,
      'data-doubt': !doubted ? null : top.score < 0.5 ? 'much' : top.score < 0.8 ? 'some' : 'little',
      role: first ? 'button' : null, 'aria-label': first ? top.spoken : null, tabindex: !first ? null : top.id === this.now ? '0' : '-1',
    });
  }

  setNow(id) {
    const before = this.now;
    this.now = id;
    const touched = this.mentions.filter((m) => m.id === id || m.id === before).map((m) => [m.start, m.end]);
    if (touched.length) this.refresh(this.mentions, touched);
  }

  blockAt(unit) {
    let [low, high] = [0, this.blocks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.blocks[middle].start <= unit) low = middle;
      else high = middle - 1;
    }
    return this.blocks[low];
  }

  /** The place one word or character before or behind `unit`; never inside a character, never into white space. */
  step(unit, by, kind) {
    const block = this.blockAt(by > 0 && unit < this.text.length && this.text[unit] === '\n' ? unit + 1 : unit);
    const line = this.text.slice(block.start, block.end);
    const places = stops(line, kind).map((p) => p + block.start);
    const next = by > 0 ? places.find((p) => p > unit) : places.findLast((p) => p < unit);
    if (next === undefined) return unit;
    const passed = this.text.slice(Math.min(unit, next), Math.max(unit, next));
    return !passed.trim() ? this.step(next, by, kind) : next;
  }

  range(start, end) {
    const range = document.createRange();
    const put = (unit, side) => {
      const block = this.blockAt(unit);
      const pieces = block.element.childNodes;
      let piece = pieces[0];
      for (const one of pieces) if (Number(one.dataset.s) < unit || (side === 'start' && Number(one.dataset.s) === unit)) piece = one;
      const node = piece ? piece.firstChild : null;
      if (!node) return side === 'start' ? range.setStart(block.element, 0) : range.setEnd(block.element, 0);
      const at = Math.min(unit - Number(piece.dataset.s), node.length);
      return side === 'start' ? range.setStart(node, at) : range.setEnd(node, at);
    };
    put(start, 'start');
    put(end, 'end');
    return range;
  }

  /** Colour these spans under the name of a CSS highlight; evidence only between the marks, which have colours of their own. */
  highlight(name, spans) {
    if (!('highlights' in CSS) || JSON.stringify(spans) === JSON.stringify(this.lit.get(name))) return;
    const before = this.lit.get(name) || [];
    this.lit.set(name, spans);
    if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
    const touched = [...before, ...spans];
    for (const block of this.blocks) if (touched.some(([a, b]) => a < block.end && b > block.start)) this.light(block, name);
  }

  /** Colour what stands in one line of the spans of a highlight. */
  light(block, name) {
    const all = CSS.highlights.get(name);
    for (const range of block.ranges.get(name) || []) all.delete(range);
    const ranges = [];
    const spans = block.unseen ? [] : this.lit.get(name).filter(([a, b]) => a < block.end && b > block.start);
    for (const piece of spans.length ? block.element.children : []) {
      const from = Number(piece.dataset.s);
      const length = piece.firstChild ? piece.firstChild.length : 0;
      if (!length || (piece.localName === 'mark' && name.startsWith('evidence'))) continue;
      for (const [start, end] of spans) {
        if (from >= end || from + length <= start) continue;
        ranges.push(new StaticRange({ startContainer: piece.firstChild, startOffset: Math.max(0, start - from), endContainer: piece.firstChild, endOffset: Math.min(length, end - from) }));
      }
    }
    for (const range of ranges) all.add(range);
    block.ranges.set(name, ranges);
  }

  unitOf(node, offset) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (node.nodeType === Node.TEXT_NODE && element.dataset.s !== undefined) return Number(element.dataset.s) + offset;
    if (element.dataset.s !== undefined) return Number(element.dataset.s) + (offset ? element.textContent.length : 0);
    const child = element.childNodes[offset];
    if (child && child.dataset && child.dataset.s !== undefined) return Number(child.dataset.s);
    const block = this.blocks.find((b) => b.element === element || b.element === child);
    if (!block) return null;
    return child && block.element === child ? block.start : block.end;
  }

  /** What is selected, in units: whole characters, without white space at its ends; null for nothing. */
  selection() {
    const chosen = document.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return null;
    const range = chosen.getRangeAt(0);
    if (!this.place.contains(range.startContainer) || !this.place.contains(range.endContainer)) return null;
    let start = this.unitOf(range.startContainer, range.startOffset);
    let end = this.unitOf(range.endContainer, range.endOffset);
    if (start === null || end === null) return null;
    start = this.snapped(start, 'back');
    end = this.snapped(end, 'on');
    while (start < end && /\s/.test(this.text[start])) start++;
    while (end > start && /\s/.test(this.text[end - 1])) end--;
    return start < end ? [start, end] : null;
  }

  snapped(unit, way) {
    const block = this.blockAt(unit);
    const places = stops(this.text.slice(block.start, block.end), 'grapheme').map((p) => p + block.start);
    if (places.includes(unit) || unit >= block.end) return unit;
    return way === 'back' ? places.findLast((p) => p < unit) : places.find((p) => p > unit);
  }

  caret(unit) {
    const range = this.range(unit, unit);
    const chosen = document.getSelection();
    chosen.removeAllRanges();
    chosen.addRange(range);
  }

  select(start, end) {
    const chosen = document.getSelection();
    chosen.removeAllRanges();
    chosen.addRange(this.range(start, end));
  }

  /** Bring a span into view, at once; what is well in view stays where it is. */
  reveal(start) {
    const block = this.blockAt(start);
    const piece = [...block.element.children].findLast((p) => Number(p.dataset.s) <= start) || block.element;
    const frame = this.place.parentElement.getBoundingClientRect();
    const { top, bottom } = piece.getBoundingClientRect();
    const margin = frame.height / 6;
    if (top < frame.top + margin || bottom > frame.bottom - margin) piece.scrollIntoView({ block: 'center' });
  }
}
