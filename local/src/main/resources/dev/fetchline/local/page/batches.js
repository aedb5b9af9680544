// The list of batches.

import { get } from './api.js';
import { count, el, foreign, keepRows, percent, rate, route, table, time } from './dom.js';

export function showBatches({ page, signal }) {
  const body = el('tbody');
  const note = el('p', { class: 'note' });
  const name = el('input', { id: 'batch-id', name: 'batch', required: true, autocomplete: 'off', spellcheck: 'false' });
  const form = el('form', {
    class: 'filters',
    onsubmit: (event) => {
      event.preventDefault();
      location.hash = route(['batch', name.value.trim()]);
    },
  },
  el('div', {}, el('label', { for: 'batch-id' }, 'Batch id'), name),
  el('button', { type: 'submit' }, 'Open'));
  const list = table('Batches', [{ name: 'Batch' }, { name: 'Submitted' }, { name: 'Progress' }, { name: 'OK', number: true },
    { name: 'URLs/s', number: true }, { name: 'Tag' }], body, { class: 'batches' });

  async function load() {
    const answer = await get('batches', {}, signal);
    keepRows(body, answer.batches, (batch) => batch.batchId, row);
    list.hidden = answer.batches.length === 0;
    note.textContent = !answer.isListed
      ? 'This stack has no table of batches to list them from. Open one by its id.'
      : answer.batches.length === 0
        ? 'No batch yet: send one with fetchline submit, or put a message on the queue.'
        : answer.isMore ? 'There are more batches than are listed here. Open one by its id.' : '';
    return answer;
  }

  return {
    title: 'Batches',
    page: 'batches',
    element: el('div', {}, el('h1', {}, 'Batches'), form, note, list,
      el('p', {}, el('button', { type: 'button', onclick: () => load().then(() => page.say('The list is up to date.', true), page.fail) },
        'Read the list again'))),
    load,
    // A deployed stack's list is a scan of its table of batches, which is not for every few seconds.
    news: async (now) => (now.isBilled ? null : load()),
  };
}

function row(batch) {
  const done = batch.progress?.done;
  const urls = batch.head?.urls;
  return el('tr', {},
    el('th', { scope: 'row' }, el('a', { href: route(['batch', batch.batchId]) }, foreign(batch.batchId))),
    el('td', {}, batch.head ? time(batch.head.submittedAt) : ''),
    el('td', {}, done != null && urls
      ? [el('progress', { max: urls, value: done, 'aria-label': 'done' }), ` ${count(done)} of ${count(urls)}`]
      : done != null ? `${count(done)} done` : batch.head ? `${count(urls)} URLs` : ''),
    el('td', { class: 'number' }, done ? percent(batch.progress.counts.OK ?? 0, done) : ''),
    el('td', { class: 'number' }, batch.progress && done !== urls ? rate(batch.progress.perSecond) : ''),
    el('td', {}, batch.head?.tag ? foreign(batch.head.tag) : ''));
}
