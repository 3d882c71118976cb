// Elements without markup: every text goes in as text, so nothing that a corpus holds can become a part of the page.

/** An element; `props` are properties, or attributes where the name has a hyphen; functions named on… are listeners. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else if (name === 'data') Object.assign(element.dataset, value);
    else if (name.includes('-') || name === 'role' || name === 'for' || name === 'list') element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const $ = (id) => document.getElementById(id);

/** Put `children` in the place of everything in `element`. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
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
