// One batch: how far it is, its records, its hosts.

import { get } from './api.js';
import { bytes, count, duration, el, fact, foreign, milliseconds, percent, rate, route, status, svg, time } from './dom.js';
import { recordList } from './records.js';
import { hostTable, Tally } from './hosts.js';

export function showBatch(context, batch, isHosts) {
  const { page, signal } = context;
  const progress = el('section', { 'aria-labelledby': 'progress-title', class: 'progress' });
  const tally = new Tally(batch, signal);
  const below = isHosts ? hostTable(context, tally) : recordList(context, batch);
  let records = null;
  let known = null;
  let quarter = -1;

  function draw() {
    const shown = known?.progress
      ? live(known, batch)
      : counted(known, tally, batch, () => tally.some().then(draw, page.fail));
    progress.replaceChildren(el('h2', { id: 'progress-title' }, 'Progress'), ...shown);
  }

  function announce() {
    const done = known?.progress?.done;
    const urls = known?.head?.urls;
    if (done == null || !urls) {
      return;
    }
    const now = Math.floor((4 * done) / urls);
    if (now !== quarter) {
      if (quarter >= 0) {
        page.say(`${count(done)} of ${count(urls)} URLs are done.`, now === 4);
      }
      quarter = now;
    }
  }

  async function read() {
    known = await get('batch', { batch }, signal);
    announce();
  }

  draw();
  return {
    title: `${batch}${isHosts ? ', hosts' : ''}`,
    page: 'batches',
    element: el('div', {},
      el('h1', {}, 'Batch ', foreign(batch)),
      progress,
      el('nav', { 'aria-label': 'Parts of the batch', class: 'tabs' }, el('ul', {},
        el('li', {}, el('a', { href: route(['batch', batch]), 'aria-current': isHosts ? null : 'page' }, 'Records')),
        el('li', {}, el('a', { href: route(['batch', batch, 'hosts']), 'aria-current': isHosts ? 'page' : null }, 'Hosts')))),
      below.element),
    load: async () => {
      await read();
      draw();
      const works = [below.load()];
      if (!known.progress && !page.stack.isBilled && !isHosts) {
        works.push(tally.some().then(draw));
      }
      await Promise.all(works);
      records = page.stack.records ?? null;
    },
    news: async (now) => {
      const before = JSON.stringify([known?.progress?.done, known?.head?.sent]);
      await read();
      const isNew = before !== JSON.stringify([known.progress?.done, known.head?.sent])
        || (now.records != null && now.records !== records);
      records = now.records ?? null;
      if (isNew) {
        if (!known.progress && !now.isBilled && tally.isSmall()) {
          tally.restart();
          await tally.some();
        }
        draw();
        await below.news?.(now);
      }
    },
  };
}

function live({ head, progress }, batch) {
  const urls = head?.urls ?? 0;
  const left = Math.max(0, urls - progress.done);
  const isDone = head?.isSent && left === 0;
  const told = Object.values(progress.counts).reduce((sum, each) => sum + each, 0);
  return [
    urls ? el('p', {}, el('progress', { id: 'done', max: urls, value: progress.done, 'aria-label': 'URLs that are done' }),
      ` ${count(progress.done)} of ${count(urls)} (${percent(progress.done, urls)})`,
      isDone ? (progress.isExact ? ', each once' : '') : '') : null,
    statusBar(progress.counts, told, Math.max(urls, told), batch),
    told > progress.done ? el('p', { class: 'note' }, 'Some URLs were done more than once, and each time is counted here.') : null,
    el('dl', { class: 'facts' },
      head ? fact('Submitted', time(head.submittedAt)) : null,
      head && !head.isSent ? fact('Sent so far', `${count(head.sent)} of ${count(urls)}`) : null,
      head?.parts ? fact('Parts', count(head.parts)) : null,
      head?.tag ? fact('Tag', foreign(head.tag)) : null,
      isDone ? null : fact('URLs/s', rate(progress.perSecond)),
      !isDone && left && progress.perSecond > 0 ? fact('Left', duration(left / progress.perSecond)) : null,
      fact('Retries', count(progress.retries)),
      fact('Bodies', bytes(progress.bytes)),
      fact('Put back on the queue', count(progress.deferred)),
      progress.nextAttemptAt && !isDone ? fact('Next try', time(progress.nextAttemptAt)) : null),
    el('div', { class: 'charts' }, speed(progress), slowest(progress.slowest)),
  ].filter(Boolean);
}

function counted(known, tally, batch, more) {
  const total = Object.values(tally.statuses).reduce((sum, each) => sum + each, 0);
  return [
    known?.head ? el('p', {}, `${count(known.head.urls)} URLs, ${count(known.head.sent)} sent.`) : null,
    total ? statusBar(tally.statuses, total, total, batch) : null,
    el('p', { class: 'note' }, tally.isWhole
      ? total ? `${count(total)} records, all of them counted.` : 'No records yet.'
      : total ? `${count(total)} records counted so far. ` : 'The function has told no progress of this batch. ',
    tally.isWhole ? null : el('button', { type: 'button', onclick: more }, total ? 'Count more' : 'Count its records')),
  ].filter(Boolean);
}

/** Shares of the statuses, each a link to its records; what is not done yet stays empty. */
function statusBar(counts, done, total, batch) {
  const shares = Object.entries(counts).filter(([, number]) => number > 0).sort(([, one], [, other]) => other - one);
  let x = 0;
  const bars = shares.map(([name, number]) => {
    const width = (100 * number) / total;
    const bar = svg('rect', { x, y: 0, width, height: 10, class: `fill ${name.replace(/[^A-Z_]/g, '')}` });
    x += width;
    return bar;
  });
  return el('div', { class: 'shares' },
    svg('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, bars),
    el('ul', {}, shares.map(([name, number]) => el('li', {},
      el('a', { href: route(['batch', batch], { status: name }) }, status(name), ` ${count(number)}`),
      ` ${percent(number, done)}`))));
}

/** URLs a second, from the first invocation to the last. */
function speed({ steps, stepSeconds, from }) {
  const most = Math.max(...steps) || 1;
  const width = 100 / steps.length;
  return el('figure', {},
    el('figcaption', {}, `URLs done each ${duration(stepSeconds)}, since `, time(from), `: at most ${count(most)}`),
    svg('svg', { viewBox: '0 0 100 30', preserveAspectRatio: 'none', role: 'img', class: 'speed',
      'aria-label': `URLs done each ${duration(stepSeconds)}: at most ${count(most)}, lately ${count(steps.at(-1))}` },
    steps.map((done, at) => svg('rect', { x: at * width + width * 0.08, width: width * 0.84,
      y: 30 - (30 * done) / most, height: (30 * done) / most, class: 'fill plain' }))));
}

/** The hosts that the invocations named as their slowest. */
function slowest(hosts) {
  if (!hosts.length) {
    return null;
  }
  const most = Math.max(...hosts.map((host) => host.meanMs)) || 1;
  return el('figure', {},
    el('figcaption', {}, 'Slowest hosts, mean time'),
    el('ol', { class: 'bars' }, hosts.slice(0, 5).map((host) => el('li', {},
      foreign(host.host), el('span', { class: 'value' }, milliseconds(host.meanMs)),
      svg('svg', { viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        svg('rect', { width: (100 * host.meanMs) / most, height: 4, class: 'fill plain' }))))));
}
