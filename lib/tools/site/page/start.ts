/**
 * Runs before all else in the page of an app, as part of it: tells if the app does not load, and if
 * this address keeps parts of it from working.
 */
import { messages } from './page';

const SLOW = 45_000; // milliseconds

let notice: HTMLElement | undefined;

/** Shows a notice above everything else, with a button. */
function show(role: 'alert' | 'status', message: string, label: string, act: () => void): void {
  notice?.remove();
  notice = document.createElement('div');
  notice.setAttribute('role', role);
  notice.className = 'digits-notice';
  const button = document.createElement('button');
  button.textContent = label;
  button.onclick = act;
  notice.append(message, button);
  document.body.append(notice);
}

const style = document.createElement('style');
style.textContent = `
.digits-notice {
  position: fixed; inset: auto 0 0; z-index: 100000; padding: 12px 16px;
  display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: center;
  font: 15px/1.5 system-ui, sans-serif; color: #1c1c1c; background: #fff4ce; border-top: 1px solid #b58900;
}
.digits-notice button { font: inherit; padding: 4px 14px; color: #fff; background: #1a5fb4; border: 0; border-radius: 4px; cursor: pointer; }
.digits-notice button:focus-visible { outline: 3px solid #1c1c1c; outline-offset: 2px; }
/* In a narrow window the names of the menus would break after each Chinese character. */
.lm-MenuBar-itemLabel { white-space: nowrap; }
/* All figures show even if a notebook is not trusted; the notebook app would say so over its menus. */
.jp-NotebookTrustedStatus { display: none !important; }
@media (prefers-color-scheme: dark) {
  body, #jupyterlite-loading-indicator { background-color: #111 !important; color: #fff; }
  .jupyterlite-loading-indicator-text { color: #bdbdbd !important; }
}`;
document.head.append(style);

/** Tells whether the browser refuses the site all storage, as it does if it blocks all cookies. */
function storesNothing(): boolean {
  const isRefused = (storage: () => Storage) => {
    try {
      return !storage();
    } catch {
      return true;
    }
  };
  return isRefused(() => localStorage) && isRefused(() => sessionStorage);
}

const REFUSES_ALL = storesNothing();

// At the second visit JupyterLite would unregister every service worker of this host, and register its
// own anew: Firefox and WebKit then ask the network for it, which may be away.
if (!REFUSES_ALL && 'serviceWorker' in navigator) {
  navigator.serviceWorker.getRegistrations = async () => [];
}

/** Tells whether JupyterLab's shell is in the page, as it is once the app has started. */
const stands = () => document.getElementById('main') !== null;

function failed(): void {
  if (stands() || REFUSES_ALL) return;
  show('alert', messages.cut, messages.tryAgain, () => location.reload());
  // It may come after all.
  const watch = setInterval(() => {
    if (!stands()) return;
    clearInterval(watch);
    notice?.remove();
  }, 1_000);
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
setTimeout(failed, SLOW);
if (REFUSES_ALL) {
  addEventListener('DOMContentLoaded', () =>
    show('alert', messages.noStorage(location.host), messages.tryAgain, () => location.reload()),
  );
}

if (!isSecureContext) {
  addEventListener('DOMContentLoaded', () =>
    show('status', messages.notSecure(location.host), messages.ok, () => notice?.remove()),
  );
}
