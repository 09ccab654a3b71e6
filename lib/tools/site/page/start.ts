/** Runs first in an app's page. Reports if the app fails to load, or if the browser blocks features. */
import { language, messages, root } from './page';

let notice: HTMLElement | undefined;

/** Shows a notification with a button above the page. */
function show(role: 'alert' | 'status', message: string, label: string, onClick: () => void): void {
  notice?.remove();
  notice = Object.assign(document.createElement('div'), { role, className: 'digits-notice' });
  const button = document.createElement('button');
  notice.append(message, Object.assign(button, { textContent: label, onclick: onClick }));
  document.body.append(notice);
}

// Shared links open the app for wide screens: redirect on small screens.
if (location.hash.startsWith('#share=') && innerWidth <= 700 && /\/lab\//.test(location.pathname)) {
  location.replace(location.href.replace('/lab/', '/notebooks/'));
}

/** Whether the browser blocks all storage, as with blocked cookies. */
let isStorageBlocked = true;
try {
  isStorageBlocked = !localStorage;
} catch {}

// On later visits, JupyterLite would unregister all service workers of this origin and register again. Firefox and
// WebKit would then need the network.
if (!isStorageBlocked && 'serviceWorker' in navigator) {
  navigator.serviceWorker.getRegistrations = async () => [];
}

const reload = () => location.reload();

const isFile = location.protocol === 'file:';

/** Shows an alert unless JupyterLab has loaded. `start.css` hides the alert if JupyterLab loads later. */
function reportFailure(): void {
  if (isStorageBlocked || isFile || document.querySelector('#main')) return;
  show('alert', messages.cut, messages.tryAgain, reload);
  notice?.classList.add('digits-cut');
}
addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLScriptElement || target instanceof HTMLLinkElement) reportFailure();
  },
  true,
);
addEventListener('unhandledrejection', ({ reason }) => {
  // Messages of browsers and JupyterLab about failed downloads. Other errors have other causes.
  if (/chunk|module|fetch|network/i.test(`${reason?.name} ${reason?.message}`)) reportFailure();
});
setTimeout(reportFailure, 45_000);
addEventListener('DOMContentLoaded', () => {
  if (isFile) {
    const openPage = () => location.assign(`${root}pages/lesson.${language}.html`);
    show('alert', messages.fromFile, messages.read, openPage);
  } else if (isStorageBlocked) {
    show('alert', messages.noStorage(location.host), messages.tryAgain, reload);
  } else if (!isSecureContext) {
    show('status', messages.notSecure(location.host), messages.ok, () => notice?.remove());
  }
});
