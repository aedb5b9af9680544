// One record: every attribute, and what its body looks like.

import { bodyAddress, bodyText, get } from './api.js';
import { bytes, count, el, fact, foreign, outside, route, status, time, visibleLines } from './dom.js';

const TITLES = { request: 'Request', redirects: 'Redirects', headers: 'Headers of the answer', error: 'What went wrong',
  retryAfter: 'What the server said of the next try', earlier: 'Before it was sent again' };
const TIMES = new Set(['fetchedAt', 'nextAttemptAt', 'requestedAt', 'expiresAt']);
const URLS = new Set(['url', 'fullUrl', 'finalUrl', 'location']);
const CHARACTERS = 200000;

export function showRecord({ page, signal }, { batch, partition, key }) {
  const content = el('div', {}, el('p', { class: 'note' }, 'Reading…'));
  const where = { batch: partition, key };
  return {
    title: `Record ${key}`,
    page: 'batches',
    element: el('article', {},
      el('p', {}, el('a', { href: route(['batch', batch]) }, 'Batch ', foreign(batch))),
      el('h1', {}, 'Record of ', foreign(key, { class: 'url' })),
      content),
    load: async () => {
      const answer = await get('record', where, signal);
      content.replaceChildren(...sections(answer), preview(answer.body, where, page, signal));
    },
  };
}

function sections({ record, shownUrl }) {
  const plain = Object.entries(record).filter(([, value]) => typeof value !== 'object');
  const nested = Object.entries(record).filter(([, value]) => typeof value === 'object' && value !== null);
  return [
    el('p', { class: 'lead' }, status(String(record.status)), ' ', record.httpStatus == null ? '' : `${record.httpStatus} `, outside(shownUrl)),
    el('section', { 'aria-labelledby': 'attributes-title' }, el('h2', { id: 'attributes-title' }, 'Attributes'),
      el('dl', { class: 'attributes' }, plain.map(([name, value]) => fact(name, shown(name, value))))),
    ...nested.map(([name, value]) => {
      const id = `title-${name.replace(/[^a-zA-Z]/g, '')}`;
      return el('section', { 'aria-labelledby': id }, el('h2', { id }, TITLES[name] ?? foreign(name)), tree(name, value));
    }),
  ];
}

function shown(name, value) {
  if (name === 'status') {
    return status(String(value));
  }
  if (TIMES.has(name)) {
    return [time(name === 'expiresAt' ? value * 1000 : value), typeof value === 'number' ? ` (${value})` : ''];
  }
  if (URLS.has(name) && typeof value === 'string') {
    return outside(value);
  }
  return foreign(value, { class: 'url' });
}

/** Objects as lists of names and values, arrays as numbered lists. */
function tree(name, value) {
  if (Array.isArray(value)) {
    return value.length ? el('ol', {}, value.map((each) => el('li', {}, tree(name, each)))) : el('p', { class: 'note' }, 'none');
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    return entries.length
      ? el('dl', { class: 'attributes' }, entries.map(([inner, each]) => fact(foreign(inner), tree(inner, each))))
      : el('p', { class: 'note' }, 'none');
  }
  return el('span', {}, shown(name, value));
}

function preview(body, where, page, signal) {
  const holder = el('div', { id: 'preview' });
  const views = { NONE: [], TEXT: ['text', 'document'], IMAGE: ['image', 'text'], BINARY: ['text'] }[body.form];
  const names = { text: body.form === 'TEXT' ? 'Text' : 'Bytes', document: 'Rendered, without scripts', image: 'Picture' };
  const buttons = views.map((view) => el('button', { type: 'button', 'aria-pressed': 'false', 'aria-controls': 'preview',
    onclick: () => show(view) }, names[view]));

  async function show(view) {
    buttons.forEach((button, at) => button.setAttribute('aria-pressed', String(views[at] === view)));
    try {
      if (view === 'text') {
        showText(holder, await bodyText(where, signal));
      } else if (view === 'image') {
        holder.replaceChildren(el('img', { src: bodyAddress(where, 'image'), alt: 'The picture that the server sent' }));
      } else {
        holder.replaceChildren(
          el('p', { class: 'note' }, 'Shown without what the document would load: no scripts, pictures, fonts or style sheets of other places.'),
          el('iframe', { sandbox: '', referrerpolicy: 'no-referrer', title: 'The body, rendered without scripts',
            src: bodyAddress(where, 'document') }));
      }
    } catch (failure) {
      page.fail(failure);
    }
  }

  if (views.includes('text') && views[0] === 'text') {
    show('text');
  }
  return el('section', { 'aria-labelledby': 'body-title' }, el('h2', { id: 'body-title' }, 'Body'),
    body.form === 'NONE'
      ? el('p', { class: 'note' }, 'The record holds no body.')
      : [el('p', {}, `${bytes(body.bytes)}${body.isCut ? ', cut here' : ''}`), el('div', { class: 'buttons', role: 'group', 'aria-label': 'How the body is shown' }, buttons), holder]);
}

function showText(holder, text) {
  const isLong = text.length > CHARACTERS;
  const pre = el('pre', { tabindex: '0', role: 'region', 'aria-label': 'The body as text' }, visibleLines(isLong ? text.slice(0, CHARACTERS) : text));
  holder.replaceChildren(pre);
  if (isLong) {
    const all = el('button', { type: 'button', onclick: () => { pre.textContent = visibleLines(text); all.remove(); pre.focus(); } },
      `Show all ${count(text.length)} characters`);
    holder.append(all);
  }
}
