/** The line of the index that says how much of the site is kept for offline, with the button that keeps the whole. */
import { choiceOf, keep, megabytes, missing, type Site, siteAt } from '../offline/keep';
import { language, messages } from '../page/page';

const EACH = 500; // milliseconds

const root = new URL('.', location.href).href;
const line = document.querySelector(`section:lang(${language}) .offline`) as HTMLElement;
const [button, sum, said] = line.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
const texts = messages.offline;

let isKeeping = false;
let problem: Awaited<ReturnType<typeof keep>>;

async function keepWhole(site: Site): Promise<void> {
  isKeeping = true;
  problem = await navigator.serviceWorker
    // By the name that JupyterLite gives it: another would take its place.
    .register('service-worker.js?enableCache=false')
    .then(() => keep(root, site, () => true))
    .catch(() => 'full');
  isKeeping = false;
}

async function start(): Promise<void> {
  line.hidden = false;
  if (location.protocol === 'file:') return say(messages.fromFile);
  if (!isSecureContext) return say(messages.notSecure(location.host));
  if (!('serviceWorker' in navigator)) return say(texts.full); // as in some private windows
  const site = await siteAt(root);
  button.onclick = () => {
    localStorage.setItem(choiceOf(root), 'true');
    void navigator.storage?.persist?.().catch(() => {});
    void keepWhole(site);
  };
  if (localStorage.getItem(choiceOf(root))) void keepWhole(site);
  // What is kept may be another page's work.
  for (let left = site.files; left.length > 0; await new Promise(go => setTimeout(go, EACH))) {
    left = await missing(root, site);
    const [all, open] = [megabytes(site.files), megabytes(left)];
    button.hidden = isKeeping || left.length === 0;
    button.textContent = texts.keep(open);
    sum.textContent = isKeeping || (0 < open && open < all) ? texts.soFar(all - open, all) : '';
    say(left.length === 0 ? texts.kept : problem ? texts[problem] : '');
  }
}

function say(words: string): void {
  said.textContent = words;
}

start().catch(() => say(texts.full));
