/** The line of the index that says how much of the site is kept for offline, with the button that keeps the whole. */
import { CHOICE, keep, listFiles, megabytes, missing, type SiteFile } from '../offline/keep';
import { language, messages } from '../page/page';

const line = document.querySelector(`section:lang(${language}) .offline`) as HTMLElement;
const [button, sum, said] = line.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
const texts = messages.offline;

const say = (words: string): void => {
  said.textContent = words;
};

/** What is under way, or how it ended. */
let state: 'keeping' | Awaited<ReturnType<typeof keep>>;

async function keepWhole(files: readonly SiteFile[]): Promise<void> {
  state = 'keeping';
  state = await navigator.serviceWorker
    // By the name that JupyterLite gives it: another would take its place.
    .register('service-worker.js?enableCache=false')
    .then(() => keep(files))
    .catch(() => 'full');
}

async function start(): Promise<void> {
  line.hidden = false;
  if (location.protocol === 'file:') return say(messages.fromFile);
  if (!isSecureContext) return say(messages.notSecure(location.host));
  if (!('serviceWorker' in navigator)) return say(texts.full); // as in some private windows
  const files = await listFiles();
  button.onclick = () => {
    localStorage.setItem(CHOICE, 'true');
    void navigator.storage?.persist?.().catch(() => {});
    void keepWhole(files);
  };
  if (localStorage.getItem(CHOICE)) void keepWhole(files);
  // What is kept may be another page's work.
  for (let left = files; left.length > 0; await new Promise(go => setTimeout(go, 500))) {
    left = await missing(files);
    const kept = files.filter(({ path }) => left.every(file => file.path !== path));
    button.hidden = state === 'keeping' || left.length === 0;
    button.textContent = texts.keep(megabytes(left));
    const isPart = left.length > 0 && kept.length > 0;
    sum.textContent = isPart ? texts.soFar(megabytes(kept), megabytes(files)) : '';
    say(left.length === 0 ? texts.kept : state && state !== 'keeping' ? texts[state] : '');
  }
}

start().catch(() => say(texts.full));
