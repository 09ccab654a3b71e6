/** The index's status line about offline storage, with the button that stores the whole site. */
import { listFiles, megabytes, missingFiles, SITE_KEY, type SiteFile, save } from '../offline/keep';
import { language, messages } from '../page/page';

const line = document.querySelector(`section:lang(${language}) .offline`) as HTMLElement;
const details = line.closest('details') as HTMLDetailsElement;
const [button, size, status] = line.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
const texts = messages.offline;

const showStatus = (text: string): void => {
  status.textContent = text;
};

const register = () =>
  // Same URL as JupyterLite's registration: another URL would replace the worker.
  navigator.serviceWorker.register('service-worker.js?enableCache=false');

/** The current download, or the result of the last one. */
let state: 'keeping' | Awaited<ReturnType<typeof save>>;

async function storeSite(files: readonly SiteFile[]): Promise<void> {
  state = 'keeping';
  state = await register()
    .then(() => save(files))
    .catch(() => 'full');
}

async function start(): Promise<void> {
  line.hidden = false;
  const isFile = location.protocol === 'file:';
  details.open = isFile || !isSecureContext || location.hash === '#offline';
  if (isFile) return showStatus(messages.fromFile);
  if (!isSecureContext) return showStatus(messages.notSecure(location.host));
  if (!('serviceWorker' in navigator)) return showStatus(texts.full); // for example, in private windows
  const files = await listFiles();
  // The page and its pad work offline from the first visit.
  const pages = files.filter(({ path }) => /^(index\.html|favicon\.svg)$/.test(path));
  void register()
    .then(() => save(pages))
    .catch(() => {});
  button.onclick = () => {
    localStorage.setItem(SITE_KEY, 'true');
    void navigator.storage?.persist?.().catch(() => {});
    void storeSite(files);
  };
  if (localStorage.getItem(SITE_KEY)) {
    void storeSite(files);
    details.open ||= (await missingFiles(files)).length > 0;
  }
  // Another page may store files too: poll the cache.
  for (let rest = files; rest.length > 0; await new Promise(done => setTimeout(done, 500))) {
    rest = await missingFiles(files);
    const stored = files.filter(({ path }) => rest.every(file => file.path !== path));
    button.hidden = state === 'keeping' || rest.length === 0;
    button.textContent = texts.keep(megabytes(rest));
    const isPartial = rest.length > 0 && megabytes(rest) < megabytes(files);
    size.textContent = isPartial ? texts.soFar(megabytes(stored), megabytes(files)) : '';
    showStatus(rest.length === 0 ? texts.kept : state && state !== 'keeping' ? texts[state] : '');
  }
}

start().catch(() => showStatus(texts.full));
