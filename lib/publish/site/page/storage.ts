/** Monitors the browser's storage of notebooks, and stores the lesson for offline use. */
import { listFiles, SITE_KEY, save } from '../offline/keep';
import type { Page } from './jupyterlab';
import { language, messages, root } from './page';

/** Notification button that downloads the current notebook. */
export const download = { label: messages.download, commandId: 'digits-site:download' };

/** Warns the learner if saving fails, and stores the lesson for offline use. */
export function watchStorage({ app, tracker, addCommand: offer, notify }: Page): void {
  let hasWarned = false;
  const warn = (reason: string) => {
    if (!hasWarned) notify(reason, 'warning', download);
    hasWarned = true;
  };
  app.commands.addCommand(download.commandId, {
    execute() {
      hasWarned = false; // warn again for another notebook
      if (!tracker.currentWidget) return;
      // Downloads the current state. JupyterLab's command would save first.
      const { model, path } = tracker.currentWidget.context;
      const content = JSON.stringify(model.toJSON(), null, 1);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([content], { type: 'application/x-ipynb+json' }));
      link.download = path.replace(/^.*\//s, '');
      link.click();
    },
  });
  // The index page stores the whole site.
  offer('digits-site:keep-whole', {
    label: messages.offline.open,
    execute: () => void open(`${root}index.html?lang=${language}#offline`),
  });
  void app.restored.then(keepLesson);
  const fail = () => warn(messages.savesNothing);
  void app.restored
    .then(() => Object.assign(indexedDB.open('digits probe'), { onerror: fail }))
    .catch(fail);
  tracker.widgetAdded.connect((_, { context }) => {
    context.saveState.connect((_, state) => {
      if (state === 'failed') warn(messages.full);
      // Request persistence only after the first save, because some browsers ask the learner.
      if (state === 'completed') void navigator.storage?.persist?.().catch(() => {});
    });
  });
}

/** Stores the files that the lesson needs offline in this language, after the page has loaded. */
async function keepLesson(): Promise<void> {
  const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  if (saving || !('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.ready;
  // Let the page load first.
  await new Promise(resolve => setTimeout(resolve, 2_000));
  const isWhole = localStorage.getItem(SITE_KEY);
  const files = await listFiles();
  await save(isWhole ? files : files.filter(file => ['both', language].includes(file.neededBy)));
  document.documentElement.dataset.keptOffline = 'true';
}
