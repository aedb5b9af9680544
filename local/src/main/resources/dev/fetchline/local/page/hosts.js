// Hosts of a batch, added up from its records some thousand at a time.

import { get } from './api.js';
import { bytes, count, el, foreign, keepRows, milliseconds, percent, svg, table } from './dom.js';

const SHOWN = 200;

/** Records added up by status and host, as far as they have been read. */
export class Tally {
  constructor(batch, signal) {
    this.batch = batch;
    this.signal = signal;
    this.reading = null;
    this.restart();
  }

  restart() {
    this.hosts = new Map();
    this.statuses = {};
    this.next = '';
    this.looked = 0;
    this.calls = 0;
  }

  get isWhole() {
    return this.next == null;
  }

  /** Whether it is quick to add up again. */
  isSmall() {
    return this.isWhole && this.calls <= 3;
  }

  /** Reads some more records; whoever asks while it reads waits for the same. */
  some() {
    this.reading ??= this.read().finally(() => { this.reading = null; });
    return this.reading;
  }

  async read() {
    const answer = await get('tally', { batch: this.batch, cursor: this.next }, this.signal);
    for (const [name, number] of Object.entries(answer.statuses)) {
      this.statuses[name] = (this.statuses[name] ?? 0) + number;
    }
    for (const [name, part] of Object.entries(answer.hosts)) {
      const sum = this.hosts.get(name) ?? { name, urls: 0, ok: 0, tooMany: 0, refused: 0, retries: 0, bytes: 0, times: {} };
      for (const each of ['urls', 'ok', 'tooMany', 'refused', 'retries', 'bytes']) {
        sum[each] += part[each];
      }
      for (const [step, number] of Object.entries(part.times)) {
        sum.times[step] = (sum.times[step] ?? 0) + number;
      }
      this.hosts.set(name, sum);
    }
    this.next = answer.next ?? null;
    this.looked += answer.looked;
    this.calls += answer.calls;
  }
}

/** The time that this share of the fetches stays below; steps are a 32nd of a doubling. */
function quantile(times, share) {
  const steps = Object.entries(times).map(([step, number]) => [Number(step), number]).sort(([one], [other]) => one - other);
  const all = steps.reduce((sum, [, number]) => sum + number, 0);
  let seen = 0;
  for (const [step, number] of steps) {
    seen += number;
    if (seen >= share * all) {
      return 2 ** ((step + 1) / 32) - 1;
    }
  }
  return null;
}

const COLUMNS = [
  { name: 'Host', value: (host) => host.name, isText: true },
  { name: 'URLs', value: (host) => host.urls },
  { name: 'OK', value: (host) => host.ok / host.urls },
  { name: 'p50', value: (host) => host.p50 ?? -1 },
  { name: 'p95', value: (host) => host.p95 ?? -1 },
  { name: '429s', value: (host) => host.tooMany },
  { name: 'Retries', value: (host) => host.retries },
  { name: 'Bytes', value: (host) => host.bytes },
  { name: 'Refused', value: (host) => host.refused },
];

export function hostTable({ page }, tally) {
  const body = el('tbody');
  const note = el('p', { class: 'note' });
  const more = el('button', { type: 'button', onclick: () => readOn() }, 'Read on');
  const holder = el('div');
  let sortBy = 1;
  let isUp = false;

  function head() {
    holder.replaceChildren(table('Hosts of the batch', COLUMNS.map((column, at) => ({
      number: !column.isText,
      sorted: at === sortBy ? (isUp ? 'ascending' : 'descending') : null,
      button: el('button', { type: 'button', class: 'sort', onclick: () => sort(at) }, column.name),
    })), body, { class: 'hosts' }));
  }

  function sort(at) {
    isUp = at === sortBy ? !isUp : Boolean(COLUMNS[at].isText);
    sortBy = at;
    head();
    draw();
    holder.querySelectorAll('button.sort')[at].focus();
  }

  function draw() {
    const { value, isText } = COLUMNS[sortBy];
    const hosts = [...tally.hosts.values()].map((host) => ({ ...host, p50: quantile(host.times, 0.5), p95: quantile(host.times, 0.95) }));
    const by = isText ? (one, other) => value(one).localeCompare(value(other), 'en') : (one, other) => value(one) - value(other);
    hosts.sort((one, other) => (isUp ? by(one, other) : by(other, one)) || one.name.localeCompare(other.name, 'en'));
    const most = { urls: Math.max(...hosts.map((host) => host.urls), 1), p95: Math.max(...hosts.map((host) => host.p95 ?? 0), 1) };
    keepRows(body, hosts.slice(0, SHOWN).map((host) => ({ ...host, times: null, most })), (host) => host.name, row);
    more.hidden = tally.isWhole;
    note.textContent = `${count(tally.looked)} records of ${count(hosts.length)} hosts read${tally.isWhole ? '.' : ' so far.'}`
      + (hosts.length > SHOWN ? ` The first ${SHOWN} are shown.` : '');
  }

  async function readOn() {
    do {
      await tally.some();
      draw();
    } while (!tally.isWhole && tally.calls % 100 !== 0 && !page.stack.isBilled);
    page.say(note.textContent, true);
  }

  head();
  return {
    element: el('section', { 'aria-labelledby': 'hosts-title' }, el('h2', { id: 'hosts-title' }, 'Hosts'), note,
      el('p', {}, more), holder),
    // Every record has to be read, which on AWS costs: there it begins with the button.
    load: async () => {
      if (page.stack.isBilled) {
        note.textContent = 'Adding up the hosts reads every record of the batch, which AWS bills.';
      } else {
        await readOn();
      }
    },
    news: async () => {
      if (tally.isSmall()) {
        tally.restart();
        await readOn();
      }
    },
  };
}

function row(host) {
  return el('tr', {},
    el('th', { scope: 'row' }, foreign(host.name)),
    el('td', { class: 'number' }, count(host.urls), bar(host.urls / host.most.urls, 'plain')),
    el('td', { class: 'number' }, percent(host.ok, host.urls), bar(host.ok / host.urls, 'OK')),
    el('td', { class: 'number' }, milliseconds(host.p50)),
    el('td', { class: 'number' }, milliseconds(host.p95), bar((host.p95 ?? 0) / host.most.p95, 'plain')),
    el('td', { class: 'number' }, count(host.tooMany)),
    el('td', { class: 'number' }, count(host.retries)),
    el('td', { class: 'number' }, bytes(host.bytes)),
    el('td', { class: 'number' }, count(host.refused)));
}

function bar(share, name) {
  return svg('svg', { viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true', class: 'bar' },
    svg('rect', { width: 100, height: 4, class: 'track' }), svg('rect', { width: 100 * share, height: 4, class: `fill ${name}` }));
}
