/** Tells the learner if the browser keeps nothing of what is saved. */
import type { Page } from './jupyterlab';
import { messages } from './page';

/** The button of a notice that hands the notebook on show over as a file. */
export const download = { label: messages.download, commandId: 'digits-site:download' };

export function watchStorage({ app, tracker, tell }: Page): void {
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
      link.download = path.replace(/.*\//, '');
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  });
  void app.restored.then(async () => {
    if (!(await canOpen())) warn(messages.savesNothing);
  });
  tracker.widgetAdded.connect((_, { context }) => {
    context.saveState.connect((_, state) => {
      if (state === 'failed') warn(messages.full);
      // Asked for once there is something to keep: some browsers ask the learner.
      if (state === 'completed') void navigator.storage?.persist?.().catch(() => {});
    });
  });
}

/** Tries to open a database of the browser. A busy machine may take its time. */
const canOpen = () =>
  new Promise<boolean>(settle => {
    const opening = indexedDB.open('digits probe');
    opening.onsuccess = () => settle(true);
    opening.onerror = () => settle(false);
  }).catch(() => false);
