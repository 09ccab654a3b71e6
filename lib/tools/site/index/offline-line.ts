/** The line of the index that says how much of the site is kept for offline, with the button that keeps the whole. */
import {
  canKeep,
  chooseWhole,
  filesOf,
  isWholeChosen,
  keep,
  missing,
  type Problem,
  type SiteFile,
  type SiteFiles,
  savesData,
} from '../offline/keep';
import { language, messages } from '../page/page';

const EACH = 500; // milliseconds

const root = new URL('.', location.href).href;
const line = document.querySelector<HTMLElement>(`section:lang(${language}) .offline`);
const part = <T extends HTMLElement>(name: string) => line?.querySelector(name) as T;
const [button, bar, said] = [
  part<HTMLButtonElement>('button'),
  part<HTMLProgressElement>('progress'),
  part('[role=status]'),
];

const megabytes = (files: readonly SiteFile[]) =>
  Math.ceil(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6);

let isKeeping = false;
let problem: Problem | undefined;

/** Says how it stands: what is kept may be another page's work. */
async function show(site: SiteFiles): Promise<boolean> {
  const all = megabytes(site.files);
  const left = await missing(root, site);
  const kept = all - megabytes(left);
  button.hidden = isKeeping || left.length === 0;
  button.textContent = messages.offline.keep(megabytes(left));
  bar.hidden = left.length === 0 || (kept === 0 && !isKeeping);
  bar.max = all;
  bar.value = kept;
  bar.ariaLabel = messages.offline.soFar(kept, all);
  part('small').textContent = bar.hidden ? '' : bar.ariaLabel;
  said.textContent =
    left.length === 0 ? messages.offline.kept : problem ? messages.offline[problem] : '';
  return left.length === 0;
}

async function keepWhole(site: SiteFiles): Promise<void> {
  isKeeping = true;
  problem = undefined;
  problem = await navigator.serviceWorker
    // By the name that JupyterLite gives it: another would take its place.
    .register('service-worker.js?enableCache=false')
    .then(() => keep(root, site, () => true))
    .catch((): Problem => 'full');
  isKeeping = false;
}

async function start(): Promise<void> {
  if (!line) return;
  line.hidden = false;
  button.hidden = true;
  if (location.protocol === 'file:') said.textContent = messages.fromFile;
  else if (!isSecureContext) said.textContent = messages.notSecure(location.host);
  else if (!canKeep()) said.textContent = messages.offline.full;
  else {
    const site = await filesOf(root);
    button.onclick = () => {
      chooseWhole(root);
      void navigator.storage?.persist?.().catch(() => {});
      void keepWhole(site);
    };
    const goOn = () => {
      if (isWholeChosen(root) && !savesData()) void keepWhole(site);
    };
    goOn();
    addEventListener('online', goOn);
    while (!(await show(site))) await new Promise(settle => setTimeout(settle, EACH));
  }
}

void start().catch(() => {
  said.textContent = messages.offline.cut;
});
