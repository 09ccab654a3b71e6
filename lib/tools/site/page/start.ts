/**
 * Runs before all else in the page of an app, as it stands in it: tells where the app does not come,
 * and where this address keeps parts of it from working.
 */
import { text } from './words';

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
/* All figures show also where a notebook is not trusted; the notebook app would say so over its menus. */
.jp-NotebookTrustedStatus { display: none !important; }
@media (prefers-color-scheme: dark) {
  body, #jupyterlite-loading-indicator { background-color: #111 !important; color: #fff; }
  .jupyterlite-loading-indicator-text { color: #bdbdbd !important; }
}`;
document.head.append(style);

/** Whether the browser refuses the site all storage, as it does where it blocks all cookies. */
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

const AGAIN = { zh: '再试一次', en: 'Try again' };
const CUT = {
  zh: '课程没有载入完整：网络可能中断了。',
  en: 'The lesson did not load completely: the connection may have been lost.',
};
const REFUSED = {
  zh: `浏览器不允许本网站（${location.host}）保存任何数据，课程因此打不开。请在浏览器设置中允许本网站使用 Cookie 和网站数据，再试一次。`,
  en: `This browser does not let this site (${location.host}) store anything, so the lesson cannot open. Allow cookies and site data for the site in the browser’s settings, then try again.`,
};

/** Whether JupyterLab's shell is in the page, which it is once the app has started. */
const stands = () => document.getElementById('main') !== null;

function failed(): void {
  if (stands() || REFUSES_ALL) return;
  show('alert', text(CUT), text(AGAIN), () => location.reload());
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
    show('alert', text(REFUSED), text(AGAIN), () => location.reload()),
  );
}

if (!isSecureContext) {
  addEventListener('DOMContentLoaded', () =>
    show(
      'status',
      text({
        zh: `此地址（${location.host}）不是 https：课程可以运行，但浏览器不允许离线使用。请用 https 提供本网站，或在本机用 http://127.0.0.1 打开。`,
        en: `This address (${location.host}) is not https: the lesson runs, but the browser does not let it work offline. Serve the site over https, or open it on this machine at http://127.0.0.1.`,
      }),
      text({ zh: '知道了', en: 'OK' }),
      () => notice?.remove(),
    ),
  );
}
