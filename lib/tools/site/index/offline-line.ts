/** The index's status line about offline storage, with the button that stores the whole site. */
import {
  listFiles,
  megabytes,
  missingFiles,
  SITE_KEY,
  type SiteFile,
  storeFiles,
} from '../offline/keep';
import { language, messages } from '../page/page';

const line = document.querySelector(`section:lang(${language}) .offline`) as HTMLElement;
const [button, progress, status] = line.children as unknown as [
  HTMLElement,
  HTMLElement,
  HTMLElement,
];
const texts = messages.offline;

const showStatus = (text: string): void => {
  status.textContent = text;
};

/** The current download, or the result of the last one. */
let state: 'keeping' | Awaited<ReturnType<typeof storeFiles>>;

async function storeSite(files: readonly SiteFile[]): Promise<void> {
  state = 'keeping';
  state = await navigator.serviceWorker
    // Same URL as JupyterLite's registration: another URL would replace the worker.
    .register('service-worker.js?enableCache=false')
    .then(() => storeFiles(files))
    .catch(() => 'full');
}

async function start(): Promise<void> {
  line.hidden = false;
  if (location.protocol === 'file:') return showStatus(messages.fromFile);
  if (!isSecureContext) return showStatus(messages.notSecure(location.host));
  if (!('serviceWorker' in navigator)) return showStatus(texts.full); // for example, in private windows
  const files = await listFiles();
  button.onclick = () => {
    localStorage.setItem(SITE_KEY, 'true');
    void navigator.storage?.persist?.().catch(() => {});
    void storeSite(files);
  };
  if (localStorage.getItem(SITE_KEY)) void storeSite(files);
  // Another page may store files too: poll the cache.
  for (
    let remaining = files;
    remaining.length > 0;
    await new Promise(resolve => setTimeout(resolve, 500))
  ) {
    remaining = await missingFiles(files);
    const stored = files.filter(({ path }) => remaining.every(file => file.path !== path));
    button.hidden = state === 'keeping' || remaining.length === 0;
    button.textContent = texts.keep(megabytes(remaining));
    const isPartial = remaining.length > 0 && stored.length > 0;
    progress.textContent = isPartial ? texts.soFar(megabytes(stored), megabytes(files)) : '';
    showStatus(
      remaining.length === 0 ? texts.kept : state && state !== 'keeping' ? texts[state] : '',
    );
  }
}

start().catch(() => showStatus(texts.full));
