// Elements without markup: every text goes in as text, so nothing that a corpus holds can become a part of the page.

const listed = (children) => children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);

/** An element; `props` are properties, or attributes where the name has a hyphen. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') element.className = value;
    else if (name === 'data') Object.assign(element.dataset, value);
    else if (name.includes('-') || name === 'role' || name === 'for' || name === 'list') element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...listed(children));
  return element;
}

export const $ = (id) => document.getElementById(id);

/** Put `children` in the place of everything in `element`. */
export function fill(element, ...children) {
  element.replaceChildren(...listed(children));
  return element;
}

/** Make these the children of an element; those that are there already are not touched. Whether anything was changed. */
export function put(element, children) {
  const stay = new Set(children);
  const gone = [...element.childNodes].filter((one) => !stay.has(one));
  for (const one of gone) one.remove();
  let changed = gone.length > 0;
  let next = element.firstChild;
  for (const child of children) {
    if (child === next) next = next.nextSibling;
    else {
      element.insertBefore(child, next);
      changed = true;
    }
  }
  return changed;
}

/** Give an element these attributes, null for none; only what differs is set, for each setting costs a look at the style. */
export function wear(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) === value) continue;
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
}

/** Make `element` look like `fresh`, of which the parts that differ are taken; what is the same is neither laid out nor read out again. */
export function match(element, fresh) {
  if (element === fresh) return element;
  if (element.nodeType !== fresh.nodeType || element.nodeName !== fresh.nodeName) {
    element.replaceWith(fresh);
    return fresh;
  }
  if (element.nodeType === Node.TEXT_NODE) {
    if (element.data !== fresh.data) element.data = fresh.data;
    return element;
  }
  const names = new Set([...element.getAttributeNames(), ...fresh.getAttributeNames()]);
  wear(element, Object.fromEntries([...names].map((name) => [name, fresh.getAttribute(name)])));
  element.onclick = fresh.onclick;
  matchAll(element, [...fresh.childNodes]);
  return element;
}

function matchAll(element, children) {
  const old = [...element.childNodes];
  put(element, children.map((child, n) => (n < old.length ? match(old[n], child) : child)));
}

/** As `fill`, but what is the same stays: for parts that are drawn often and hold nothing typed. */
export const refill = (element, ...children) => matchAll(element, listed(children).map((one) => (one instanceof Node ? one : new Text(one))));

const SIGNS = { BracketLeft: '[{', BracketRight: ']}', Comma: ',<', Period: '.>', Slash: '/?', Minus: '-_', Equal: '=+' };

/** The key that was pressed; on a Korean or Khmer keyboard the Latin one of its place, for keys are written in Latin. */
export function keyOf({ key, code, shiftKey }) {
  if (key.length > 1 ? key !== 'Process' : key <= '~') return key;
  const [, letter, digit] = code.match(/^Key([A-Z])$|^Digit(\d)$/) || [];
  if (letter) return shiftKey ? letter : letter.toLowerCase();
  return (!shiftKey && digit) || (SIGNS[code] || '')[shiftKey ? 1 : 0] || key;
}

export const kbd = (text) => h('kbd', { 'aria-hidden': 'true' }, text);

/** A button that shows its key. */
export function button(label, key, onclick, extra = {}) {
  return h('button', { type: 'button', onclick, 'aria-keyshortcuts': key || null, ...extra }, label, key ? kbd(key) : null);
}

/** Ask in a dialog; resolves with what `content(close)` passes to `close`, undefined when it is dismissed. */
export function dialog(title, content, { wide = false } = {}) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const id = `dialog-${Math.random().toString(36).slice(2)}`;
    const box = h('dialog', { class: wide ? 'wide' : '', 'aria-labelledby': id });
    let answer;
    const close = (value) => {
      answer = value;
      box.close();
    };
    box.append(
      h('header', {}, h('h2', { id }, title), h('button', { type: 'button', class: 'plain', 'aria-label': 'Close', onclick: () => close() }, '×')),
      ...[content(close)].flat(),
    );
    box.addEventListener('close', () => {
      box.remove();
      if (before && before.isConnected) before.focus({ preventScroll: true });
      resolve(answer);
    });
    document.body.append(box);
    box.showModal();
    const first = box.querySelector('[autofocus], input, textarea, select, main button, .choices button');
    if (first) first.focus();
  });
}

let timer;
/** Say something at the bottom of the page, and to a screen reader. */
export function tell(text, kind = '') {
  const place = $('toast');
  place.textContent = text;
  place.className = kind;
  clearTimeout(timer);
  timer = setTimeout(() => place.classList.add('gone'), kind === 'bad' ? 12000 : 4000);
}
