// Elements out of text. Nothing in this page makes markup out of a string: what records hold was written by strangers.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes and children; a child that is a string becomes text. */
export function el(name, attributes, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same in SVG. */
export function svg(name, attributes, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value != null) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child != null));
  return element;
}

/**
 * A stranger's text with what cannot be seen, or would turn the direction of writing, made visible. What is ignored by
 * default is not seen either; but U+FE0F stands after many a picture and only chooses its colours.
 */
export function visible(text) {
  return String(text).replace(/(?!\ufe0f)[\p{C}\p{Zl}\p{Zp}\p{DI}]/gu, escaped);
}

/** The same for text of several lines. */
export function visibleLines(text) {
  return String(text).replace(/[^\P{C}\n\t]|(?!\ufe0f)[\p{Zl}\p{Zp}\p{DI}]/gu, (c) => (c === '\r' ? '' : escaped(c)));
}

function escaped(c) {
  return `\\u{${c.codePointAt(0).toString(16)}}`;
}

/** A stranger's text, set apart from the direction of what stands around it. */
export function foreign(text, attributes) {
  return el('bdi', attributes, visible(text));
}

/** A link to a fetched URL, for http and https only; anything else is text. */
export function outside(url) {
  if (!/^https?:\/\//i.test(url)) {
    return foreign(url, { class: 'url' });
  }
  return el('a', { href: url, class: 'url', rel: 'noopener noreferrer nofollow', target: '_blank', referrerpolicy: 'no-referrer' },
    foreign(url), el('span', { class: 'unseen' }, ' (opens the web in a new tab)'));
}

/** Where a view of this page is. */
export function route(parts, query) {
  const path = parts.map(encodeURIComponent).join('/');
  const search = new URLSearchParams(Object.entries(query ?? {}).filter(([, value]) => value)).toString();
  return `#/${path}${search ? `?${search}` : ''}`;
}

const drawn = new WeakMap();

/** Puts the rows for these items into a table's body, and leaves rows alone that stay as they are. */
export function keepRows(body, items, keyOf, render) {
  const before = new Map([...body.rows].map((row) => [drawn.get(row).key, row]));
  const rows = items.map((item) => {
    const key = keyOf(item);
    const seen = JSON.stringify(item);
    const old = before.get(key);
    if (old && drawn.get(old).seen === seen) {
      return old;
    }
    const row = render(item);
    drawn.set(row, { key, seen });
    return row;
  });
  const focused = document.activeElement?.closest?.('tr');
  const focusedKey = focused?.parentElement === body ? drawn.get(focused).key : null;
  if (rows.length !== body.rows.length || rows.some((row, at) => body.rows[at] !== row)) {
    body.replaceChildren(...rows);
  }
  if (focusedKey != null && !body.contains(document.activeElement)) {
    rows.find((row) => drawn.get(row).key === focusedKey)?.querySelector('a, button')?.focus();
  }
}

/** A table that scrolls by itself where it is too wide for the window. */
export function table(caption, columns, body, attributes) {
  const id = `caption-${caption.toLowerCase().replace(/[^a-z]+/g, '-')}`;
  return el('div', { class: 'scroll', role: 'region', 'aria-labelledby': id, tabindex: '0' },
    el('table', attributes,
      el('caption', { id }, caption),
      el('thead', {}, el('tr', {}, columns.map((column) => el('th',
        { scope: 'col', class: column.number ? 'number' : null, 'aria-sort': column.sorted }, column.button ?? column.name)))),
      body));
}

/** A name and its value. */
export function fact(name, value) {
  return el('div', {}, el('dt', {}, name), el('dd', {}, value));
}

export function status(text) {
  return el('span', { class: `status ${text.replace(/[^A-Z_]/g, '')}` }, visible(text));
}

const WHOLE = new Intl.NumberFormat('en');
const SHORT = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

export function count(number) {
  return WHOLE.format(number);
}

export function rate(number) {
  return SHORT.format(number);
}

export function percent(part, whole) {
  if (!whole) {
    return '0 %';
  }
  // All of it is said only where it is all of it.
  const hundredths = (100 * part) / whole;
  return `${hundredths > 99.9 && part < whole ? '99.9' : SHORT.format(hundredths)} %`;
}

export function bytes(number) {
  if (number == null) {
    return '';
  }
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let at = 0;
  let value = number;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000;
    at++;
  }
  return `${SHORT.format(value)} ${units[at]}`;
}

export function milliseconds(number) {
  return number == null ? '' : number < 10000 ? `${count(Math.round(number))} ms` : `${rate(number / 1000)} s`;
}

export function duration(seconds) {
  if (seconds < 90) {
    return `${Math.ceil(seconds)} s`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A time as this machine's clock shows it. */
export function time(iso) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) {
    return foreign(iso);
  }
  const two = (number) => String(number).padStart(2, '0');
  const text = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} `
    + `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return el('time', { datetime: date.toISOString() }, text);
}
