// Keeps an open live page fresh: it shows new figures in place as they are published. Without it the page has a link that does so.
'use strict';
(() => {
  const notice = document.getElementById('live-notice');
  // What changes, without what somebody may have the focus on.
  const parts = ['h1', '.lead', '.cards > li', 'main .note', 'section > svg', 'main tbody', 'main tfoot', 'footer p:first-child'];
  let asking = false;
  let again = false;

  function say(text) {
    if (notice.textContent !== text) {
      notice.textContent = text;
      notice.hidden = text === '';
    }
  }

  function exchange(fresh) {
    const pairs = parts.map(part => [[...document.querySelectorAll(part)], [...fresh.querySelectorAll(part)]]);
    if (pairs.some(([shown, next]) => shown.length !== next.length)) {
      const inside = document.querySelector('main').contains(document.activeElement);
      document.querySelector('main').replaceChildren(...fresh.querySelector('main').childNodes);
      if (inside) {
        document.querySelector('main').focus({ preventScroll: true });
      }
      return;
    }
    for (const [shown, next] of pairs) {
      shown.forEach((element, i) => {
        if (element.innerHTML !== next[i].innerHTML) {
          const focused = element.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
          element.replaceWith(next[i]);
          if (focused !== null) {
            [...next[i].querySelectorAll('a')].find(link => link.getAttribute('href') === focused)?.focus({ preventScroll: true });
          }
        }
      });
    }
  }

  async function ask() {
    // A page that comes back asks again.
    if (document.hidden) {
      return;
    }
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
      if (answer.ok) {
        const fresh = await answer.text();
        if (!document.hidden) {
          exchange(new DOMParser().parseFromString(fresh, 'text/html'));
        }
      }
    } catch {
      say(notice.dataset.lost);
    } finally {
      asking = false;
    }
    if (again) {
      again = false;
      ask();
    }
  }

  let events;

  function listen() {
    events = new EventSource('/live/events?lang=' + document.documentElement.lang);
    events.addEventListener('publication', ask);
    events.addEventListener('age', event => {
      const age = JSON.parse(event.data);
      document.querySelectorAll('.stale:not(#live-notice)').forEach(old => old.remove());
      say(age.warning);
      for (const key of ['newest_event', 'newest_pane']) {
        const figure = document.querySelector(`[data-figure="${key}"] .figure`);
        if (figure) {
          figure.textContent = age[key];
        }
      }
    });
    events.addEventListener('error', () => say(notice.dataset.lost));
  }

  // A page that nobody sees asks for nothing: a warehouse in the cloud may rest.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      events.close();
    } else {
      listen();
      ask();
    }
  });
  listen();
})();
