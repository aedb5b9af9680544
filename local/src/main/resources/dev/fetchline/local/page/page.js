// Which view is shown, and when it looks for news.

import { get } from './api.js';
import { count, el, fact, rate, visible } from './dom.js';
import { showBatches } from './batches.js';
import { showBatch } from './batch.js';
import { showRecord } from './record.js';
import { showDeadLetters } from './dead-letters.js';

const main = document.getElementById('main');
const fault = document.getElementById('fault');
const said = document.getElementById('said');
const pause = document.getElementById('pause');

let view = null;
let leaving = new AbortController();
let timer = 0;
let pollMs = 1500;
let isLooking = false;
let saidAt = 0;
let isSilent = false;

/** What views use of the page around them. */
const page = {
  stack: { isBilled: true },
  /** Says something to those who do not see it; at most every ten seconds, or it would never be silent. */
  say(text, isImportant) {
    const now = Date.now();
    if (isImportant || now - saidAt > 10000) {
      saidAt = now;
      said.textContent = text;
    }
  },
  fail(failure) {
    if (failure.name !== 'AbortError') {
      fault.textContent = failure.message;
      fault.hidden = false;
    }
  },
  fine() {
    if (!fault.hidden) {
      fault.hidden = true;
      fault.textContent = '';
    }
  },
};

async function navigate(isFirst) {
  leaving.abort();
  leaving = new AbortController();
  const [path, search] = location.hash.replace(/^#\/?/, '').split('?');
  const parts = path.split('/').filter(Boolean).map(decoded);
  const query = Object.fromEntries(new URLSearchParams(search ?? ''));
  const context = { parts, query, page, signal: leaving.signal };
  page.fine();
  view = viewOf(context);
  document.title = visible(`${view.title} - Fetchline`);
  for (const link of document.querySelectorAll('nav [data-page]')) {
    if (link.dataset.page === view.page) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  main.replaceChildren(view.element);
  if (!isFirst) {
    scrollTo(0, 0);
    const heading = main.querySelector('h1');
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  await view.load?.().catch(page.fail);
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function viewOf(context) {
  const [name, ...rest] = context.parts;
  switch (name) {
    case undefined:
      return showBatches(context);
    case 'batch':
      return showBatch(context, rest[0] ?? '', rest[1] === 'hosts');
    case 'record':
      return showRecord(context, { batch: rest[0] ?? '', partition: rest[1] ?? '', key: rest[2] ?? '' });
    case 'dead-letters':
      return showDeadLetters(context);
    default:
      return { title: 'Not found', element: el('div', {}, el('h1', {}, 'There is no such page')) };
  }
}

function depths(label, queue) {
  return fact(label, `${count(queue.waiting)} waiting, ${count(queue.inFlight)} in flight, ${count(queue.delayed)} delayed`);
}

function showStatus(now) {
  const dead = now.deadLetterQueue;
  const deadAll = dead.waiting + dead.inFlight + dead.delayed;
  document.getElementById('depths').replaceChildren(
    fact('Stack', now.stack), depths('Queue', now.queue),
    fact('Dead letters', el('span', { class: deadAll ? 'bad' : null }, count(deadAll))),
    ...(now.records == null ? [] : [fact('Records', count(now.records))]));
  document.getElementById('cost').textContent = now.isBilled
    ? `This page has read the tables ${count(now.calls)} times: ${rate(now.readUnits)} read units, which AWS bills.`
    : 'Everything here stays on this machine.';
}

/** One look for news; the next is planned when it has ended, so that looks never pile up. */
async function look() {
  clearTimeout(timer);
  if (isLooking || document.hidden || pause.getAttribute('aria-pressed') === 'true') {
    return;
  }
  isLooking = true;
  const looked = view;
  try {
    const now = await get('status');
    page.stack = now;
    pollMs = now.pollMs;
    showStatus(now);
    await looked?.news?.(now);
    if (isSilent) {
      // What a view said of its own fault stays.
      isSilent = false;
      page.fine();
    }
  } catch (failure) {
    isSilent = true;
    page.fail(failure);
  } finally {
    isLooking = false;
    timer = setTimeout(look, pollMs);
  }
}

pause.addEventListener('click', () => {
  const isPaused = pause.getAttribute('aria-pressed') === 'true';
  pause.setAttribute('aria-pressed', String(!isPaused));
  look();
});
document.querySelector('.skip').addEventListener('click', (event) => {
  // The address says which view is shown; it is not for places in it.
  event.preventDefault();
  main.focus();
});
document.addEventListener('visibilitychange', look);
window.addEventListener('hashchange', () => navigate(false));

try {
  page.stack = await get('status');
  showStatus(page.stack);
} catch (failure) {
  page.fail(failure);
}
await navigate(true);
timer = setTimeout(look, pollMs);
