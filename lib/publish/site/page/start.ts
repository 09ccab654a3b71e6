/** Runs first in an app's page. Loads the app, and reports if that fails or if the browser blocks features. */
import { language, messages, root } from './page';

/** A script of the app, as the build lists it in the page. */
export interface AppScript {
  readonly path: string;
  readonly size: number;
  /** Approximate download size: most web servers compress scripts. */
  readonly bytes: number;
}

const readJson = (selector: string) =>
  JSON.parse(document.querySelector(selector)?.textContent ?? 'null');

const { soFar } = messages.offline;
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

/**
 * Shows an alert unless JupyterLab has loaded. `start.css` hides the alert if JupyterLab loads later.
 *
 * @param files the names of missing files, if known
 */
function reportFailure(files = '', retry = reload): void {
  if (isStorageBlocked || isFile || document.querySelector('#main')) return;
  show('alert', messages.cut(files), messages.tryAgain, retry);
  notice?.classList.add('digits-cut');
}

const reportMissingFile = ({ target }: Event) => {
  if (target instanceof HTMLScriptElement) reportFailure(nameOf(target.src));
  if (target instanceof HTMLLinkElement) reportFailure(nameOf(target.href));
};
addEventListener('error', reportMissingFile, true);
addEventListener('unhandledrejection', ({ reason }) => {
  // Messages of browsers and JupyterLab about failed downloads. Other errors have other causes.
  if (/chunk|module|fetch|network/i.test(`${reason?.name} ${reason?.message}`)) reportFailure();
});

const nameOf = (url: string): string => url.replace(/^.*\//, '');

const scripts: readonly AppScript[] = readJson('#digits-scripts');
const received = new Map<AppScript, number>();
const remaining = new Set(scripts);
const failed = new Set<AppScript>();
let stallTimer: ReturnType<typeof setTimeout>;

function showProgress(): void {
  clearTimeout(stallTimer);
  stallTimer = setTimeout(reportFailure, 45_000);
  const sum = (sizes: Iterable<number>) => Array.from(sizes).reduce((a, b) => a + b, 0) / 1e6;
  const [loaded, total] = [sum(received.values()), sum(scripts.map(({ bytes }) => bytes))];
  const amount = document.querySelector('#jupyterlite-loading-indicator .amount') as HTMLElement;
  amount.style.setProperty('--loaded', String(loaded / total));
  amount.textContent = remaining.size > 0 ? soFar(loaded.toFixed(1), total.toFixed(1)) : '';
}

/** Downloads a script into the browser's cache, because a script element would not report progress. */
async function download(script: AppScript): Promise<void> {
  const { path, size, bytes } = script;
  try {
    const { ok, body } = await fetch(root + path);
    if (!ok || !body) throw new Error(path);
    const reader = body.getReader();
    let length = 0;
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      length += chunk.value.length;
      received.set(script, (bytes * length) / size);
      showProgress();
    }
  } catch {
    received.delete(script);
    failed.add(script);
    return reportFailure([...failed].map(({ path }) => nameOf(path)).join(', '), retry);
  }
  remaining.delete(script);
  showProgress();
  if (remaining.size === 0) startApp();
}

function retry(): void {
  notice?.remove();
  for (const script of failed) void download(script);
  failed.clear();
}

function startApp(): void {
  const config = document.querySelector('#jupyter-config-data') as HTMLElement;
  const baseUrl = new URL(root).pathname;
  config.textContent = JSON.stringify({ ...readJson('#jupyter-config-data'), baseUrl });
  // The core precedes the program: it contains chunks that the program would otherwise request one by one.
  for (const { path } of scripts.filter(({ path }) => path.startsWith('build/'))) {
    const src = root + path;
    document.head.append(Object.assign(document.createElement('script'), { src, async: false }));
  }
}

addEventListener('DOMContentLoaded', () => {
  if (!isFile) {
    showProgress();
    for (const script of scripts) void download(script);
  }
  if (isFile || typeof WebAssembly === 'undefined') {
    const openPage = () => location.assign(`${root}pages/lesson.${language}.html`);
    show('alert', isFile ? messages.fromFile : messages.noWebAssembly, messages.read, openPage);
  } else if (isStorageBlocked) {
    show('alert', messages.noStorage(location.host), messages.tryAgain, reload);
  } else if (!isSecureContext) {
    show('status', messages.notSecure(location.host), messages.ok, () => notice?.remove());
  }
});
