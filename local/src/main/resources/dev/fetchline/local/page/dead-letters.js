// Messages that could not be read or kept failing.

import { get } from './api.js';
import { count, el, foreign, time, visible, visibleLines } from './dom.js';

export function showDeadLetters({ page, signal }) {
  const list = el('ol', { class: 'letters' });
  const note = el('p', { class: 'note' });

  async function look() {
    note.textContent = 'Reading…';
    const answer = await get('dead-letters', {}, signal);
    list.replaceChildren(...answer.messages.map(letter));
    note.textContent = answer.messages.length === 0
      ? 'The dead-letter queue shows no messages.'
      : `${count(answer.messages.length)} messages${answer.messages.length >= answer.most ? ', and perhaps more' : ''}. They stay on the queue.`;
    page.say(note.textContent, true);
  }

  return {
    title: 'Dead letters',
    page: 'dead-letters',
    element: el('div', {}, el('h1', {}, 'Dead letters'),
      el('p', {}, 'Messages that could not be read, or that were received as often as the queue allows.'),
      el('p', {}, el('button', { type: 'button', onclick: () => look().catch(page.fail) }, 'Look at the queue')), note, list),
    load: async () => {
      if (page.stack.isBilled) {
        note.textContent = 'A look receives each message and shows it again, which AWS bills as requests.';
      } else {
        await look();
      }
    },
  };
}

function letter(message) {
  return el('li', {}, el('article', {},
    el('h2', {}, 'Message ', foreign(message.messageId)),
    el('p', { class: 'error' }, foreign(message.reason)),
    el('p', { class: 'note' }, 'Sent ', time(message.sentAt)),
    el('pre', { tabindex: '0', role: 'region', 'aria-label': visible(`Body of message ${message.messageId}`) }, visibleLines(message.body)),
    message.bodyCharacters > message.body.length
      ? el('p', { class: 'note' }, `The first ${count(message.body.length)} of ${count(message.bodyCharacters)} characters.`) : null));
}
