/**
 * Runs before all else in the page of an app, as part of it: tells if the app does not load, and if
 * this address keeps parts of it from working.
 */
import { language, messages, root } from './page';

let notice: HTMLElement | undefined;

/** Shows a notice above everything else, with a button. */
function show(role: 'alert' | 'status', message: string, label: string, act: () => void): void {
  notice?.remove();
  notice = Object.assign(document.createElement('div'), { role, className: 'digits-notice' });
  const button = document.createElement('button');
  notice.append(message, Object.assign(button, { textContent: label, onclick: act }));
  document.body.append(notice);
}

// A link that shares a notebook names the app for wide screens, as it may come to any.
if (location.hash.startsWith('#share=') && innerWidth <= 700 && /\/lab\//.test(location.pathname)) {
  location.replace(location.href.replace('/lab/', '/notebooks/'));
}

/** Whether the browser refuses the site all storage, as it does if it blocks all cookies. */
let refusesAll = true;
try {
  refusesAll = !localStorage;
} catch {}

// At the second visit JupyterLite would unregister every service worker of this host, and register its
// own anew: Firefox and WebKit then ask the network for it, which may be away.
if (!refusesAll && 'serviceWorker' in navigator) {
  navigator.serviceWorker.getRegistrations = async () => [];
}

const reload = () => location.reload();

const isFile = location.protocol === 'file:';

/** Shows an alert unless JupyterLab's shell stands in the page; if it comes after all, `start.css` hides it. */
function failed(): void {
  if (refusesAll || isFile || document.querySelector('#main')) return;
  show('alert', messages.cut, messages.tryAgain, reload);
  notice?.classList.add('digits-cut');
}
addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLScriptElement || target instanceof HTMLLinkElement) failed();
  },
  true,
);
addEventListener('unhandledrejection', ({ reason }) => {
  // As browsers and JupyterLab say that a part did not come; other failures are not the network's.
  if (/chunk|module|fetch|network/i.test(`${reason?.name} ${reason?.message}`)) failed();
});
setTimeout(failed, 45_000);
addEventListener('DOMContentLoaded', () => {
  if (isFile) {
    const read = () => location.assign(`${root}pages/lesson.${language}.html`);
    show('alert', messages.fromFile, messages.read, read);
  } else if (refusesAll) {
    show('alert', messages.noStorage(location.host), messages.tryAgain, reload);
  } else if (!isSecureContext) {
    show('status', messages.notSecure(location.host), messages.ok, () => notice?.remove());
  }
});
