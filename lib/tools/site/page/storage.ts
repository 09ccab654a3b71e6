/** What the browser keeps: the learner's notebooks, and the site for offline. */
import { CHOICE, keep, listFiles } from '../offline/keep';
import type { Page } from './jupyterlab';
import { language, messages, root } from './page';

/** The button of a notice that hands the notebook on show over as a file. */
export const download = { label: messages.download, commandId: 'digits-site:download' };

/** Tells the learner if nothing of what is saved is kept, and keeps the lesson for offline. */
export function watchStorage({ app, tracker, offer, tell }: Page): void {
  let told = false;
  const warn = (reason: string) => {
    if (!told) tell(reason, 'warning', download);
    told = true;
  };
  app.commands.addCommand(download.commandId, {
    execute() {
      told = false; // it may happen to another notebook, too
      if (!tracker.currentWidget) return;
      // As it stands; JupyterLab's own command would save it first.
      const { model, path } = tracker.currentWidget.context;
      const content = JSON.stringify(model.toJSON(), null, 1);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([content], { type: 'application/x-ipynb+json' }));
      link.download = path.replace(/^.*\//s, '');
      link.click();
    },
  });
  // All of the site is kept on its index.
  offer('digits-site:keep-whole', {
    label: messages.offline.open,
    execute: () => void open(`${root}index.html?lang=${language}`),
  });
  void app.restored.then(keepLesson);
  const fail = () => warn(messages.savesNothing);
  void app.restored
    .then(() => Object.assign(indexedDB.open('digits probe'), { onerror: fail }))
    .catch(fail);
  tracker.widgetAdded.connect((_, { context }) => {
    context.saveState.connect((_, state) => {
      if (state === 'failed') warn(messages.full);
      // Asked for once there is something to keep: some browsers ask the learner.
      if (state === 'completed') void navigator.storage?.persist?.().catch(() => {});
    });
  });
}

/** Keeps, while the page stands idle, what the lesson needs to open and run without a network in this language. */
async function keepLesson(): Promise<void> {
  const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  if (saving || !('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.ready;
  // The page itself comes first.
  await new Promise(settle => setTimeout(settle, 2_000));
  const isWhole = localStorage.getItem(CHOICE);
  const files = await listFiles();
  await keep(isWhole ? files : files.filter(file => ['both', language].includes(file.neededBy)));
  document.documentElement.dataset.keptOffline = 'true';
}
