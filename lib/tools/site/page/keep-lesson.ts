import { choiceOf, filesAt, isNeeded, keep } from '../offline/keep';
import type { Page } from './jupyterlab';
import { language, messages, root } from './page';

/** Keeps, while the page stands idle, what the lesson needs to open and run without a network in this language. */
async function keepLesson(): Promise<void> {
  const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  if (saving || !('serviceWorker' in navigator) || !('caches' in window)) return;
  await navigator.serviceWorker.ready;
  // The page itself comes first.
  await new Promise(settle => setTimeout(settle, 2_000));
  const isWhole = localStorage.getItem(choiceOf(root));
  const files = await filesAt(root);
  await keep(root, isWhole ? files : files.filter(file => isNeeded(language, file)));
  document.documentElement.dataset.keptOffline = 'true';
}

/** Offers to keep the whole site, which is done on the index. */
export function offerWhole({ app, offer }: Page): void {
  offer('digits-site:keep-whole', {
    label: messages.offline.open,
    execute: () => void open(`${root}index.html?lang=${language}`),
  });
  void app.restored.then(keepLesson);
}
