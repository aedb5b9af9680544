// The records of a batch: a hundred at a time, whatever the batch holds.

import { get } from './api.js';
import { bytes, count, el, foreign, keepRows, milliseconds, route, status, table } from './dom.js';

const ROWS = 100;
const STATUSES = ['OK', 'HTTP_ERROR', 'FAILED', 'REFUSED', 'INVALID', 'RETRYING'];

export function recordList({ page, query, signal }, batch) {
  const body = el('tbody');
  const note = el('p', { class: 'note', id: 'records-note' });
  // Where each page begins: the table is read forwards only.
  const starts = [''];
  let at = 0;
  let rows = [];
  let next = null;
  let looked = 0;
  let calls = 0;
  let run = 0;

  const choose = el('select', { id: 'status' }, el('option', { value: '' }, 'any'),
    STATUSES.map((name) => el('option', { value: name, selected: name === query.status }, name)));
  const search = el('input', { id: 'search', type: 'search', value: query.search, autocomplete: 'off', spellcheck: 'false',
    'aria-describedby': 'search-hint' });
  const where = el('input', { id: 'where', value: query.where, autocomplete: 'off', spellcheck: 'false',
    'aria-describedby': 'where-hint' });
  const previous = el('button', { type: 'button', onclick: () => turn(-1) }, 'Previous');
  const following = el('button', { type: 'button', onclick: () => turn(1) }, 'Next');
  const more = el('button', { type: 'button', onclick: () => goOn() }, 'Look further');

  const form = el('form', {
    role: 'search',
    'aria-label': 'Records',
    class: 'filters',
    onsubmit: (event) => {
      event.preventDefault();
      Object.assign(query, { status: choose.value, search: search.value.trim(), where: where.value.trim() });
      history.replaceState(null, '', route(['batch', batch], query));
      start().catch(page.fail);
    },
  },
  el('div', {}, el('label', { for: 'status' }, 'Status'), choose),
  el('div', { class: 'wide' }, el('label', { for: 'search' }, 'Search'), search,
    el('small', { id: 'search-hint' }, 'Part of a URL, an error, a type or a tag. https://… is the beginning of a URL, and quick.')),
  el('div', { class: 'wide' }, el('label', { for: 'where' }, 'Where'), where,
    el('small', { id: 'where-hint' }, 'Such as httpStatus>=500 and host=example.com')),
  el('button', { type: 'submit' }, 'Show'));

  function filters() {
    return { batch, status: query.status, search: query.search, where: query.where };
  }

  async function start() {
    starts.length = 1;
    at = 0;
    await read(true);
  }

  async function turn(by) {
    if (by > 0) {
      starts[at + 1] = next;
    }
    at += by;
    await read(true).catch(page.fail);
    body.querySelector('a')?.focus();
  }

  /** One page; on this machine it goes on until the page is full, elsewhere each look is billed and asked for. */
  async function read(isSaid) {
    const mine = ++run;
    note.textContent = 'Reading…';
    const begin = { rows: [], next: starts[at], looked: 0, calls: 0 };
    try {
      await lookOn(begin, mine);
    } catch (failure) {
      if (mine === run && failure.name !== 'AbortError') {
        // Rows of another filter would pass for those of this one.
        ({ rows, next, looked, calls } = { ...begin, next: null });
        draw();
        note.textContent = 'Not read.';
      }
      throw failure;
    }
    if (isSaid) {
      page.say(note.textContent, true);
    }
  }

  async function goOn() {
    await lookOn({ rows, next, looked, calls }, ++run).catch(page.fail);
    page.say(note.textContent, true);
  }

  async function lookOn(so, mine) {
    do {
      const answer = await get('records', { ...filters(), cursor: so.next, rows: ROWS - so.rows.length }, signal);
      if (mine !== run) {
        return;
      }
      so = { rows: so.rows.concat(answer.records), next: answer.next ?? null, looked: so.looked + answer.looked,
        calls: so.calls + answer.calls };
      ({ rows, next, looked, calls } = so);
      draw();
    } while (so.next && so.rows.length < ROWS && !page.stack.isBilled);
    page.fine();
  }

  function draw() {
    keepRows(body, rows, (record) => `${record.batchId} ${record.key}`, (record) => row(batch, record));
    const isFull = rows.length >= ROWS;
    previous.disabled = at === 0;
    following.disabled = !(next && isFull);
    more.hidden = !next || isFull;
    const range = rows.length ? `Rows ${count(at * ROWS + 1)} to ${count(at * ROWS + rows.length)}. ` : '';
    const end = next ? '' : rows.length ? 'That is the end.' : isOpen() ? 'No records yet.' : 'No record fits.';
    note.textContent = `${range}${isOpen() && rows.length ? '' : `Looked at ${count(looked)} records. `}${end}`;
  }

  function isOpen() {
    return !query.status && !query.search && !query.where;
  }

  return {
    element: el('section', { 'aria-labelledby': 'records-title' },
      el('h2', { id: 'records-title' }, 'Records'), form, note,
      table('Records of the batch', [{ name: 'Status' }, { name: 'HTTP', number: true }, { name: 'URL' }, { name: 'Time', number: true },
        { name: 'Tries', number: true }, { name: 'Size', number: true }, { name: 'What went wrong' }], body, { class: 'records' }),
      el('div', { class: 'pager' }, previous, following, more)),
    load: () => read(false),
    // Only what was cheap to read is read again by itself.
    news: () => (calls <= 2 && !page.stack.isBilled ? lookOn({ rows: [], next: starts[at], looked: 0, calls: 0 }, ++run) : null),
  };
}

function row(batch, record) {
  return el('tr', {},
    el('td', {}, status(record.status)),
    el('td', { class: 'number' }, record.httpStatus == null ? '' : String(record.httpStatus)),
    el('th', { scope: 'row' }, el('a', { class: 'url', href: route(['record', batch, record.batchId, record.key]) }, foreign(record.url))),
    el('td', { class: 'number' }, milliseconds(record.durationMs)),
    el('td', { class: 'number' }, record.attempts == null ? '' : count(record.attempts)),
    el('td', { class: 'number' }, bytes(record.bodyBytes)),
    el('td', { class: 'error' }, record.error ? foreign(record.error) : ''));
}
