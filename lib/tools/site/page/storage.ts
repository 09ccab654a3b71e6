/** Tells the learner if the browser keeps nothing of what is saved. */
import type { JupyterFrontEnd, NotebookPanel, NotebookTracker, Notifications } from './jupyterlab';
import { messages } from './page';

const DATABASE = 'digits probe';

export function watchStorage(
  app: JupyterFrontEnd,
  tracker: NotebookTracker,
  notifications: Notifications,
): void {
  let told = false;
  const tell = (reason: string) => {
    if (told) return;
    told = true;
    notifications.emit(reason, 'warning', {
      autoClose: false,
      actions: [
        {
          label: messages.download,
          displayType: 'accent',
          callback: () => {
            told = false; // it may happen to another notebook, too
            if (tracker.currentWidget) download(tracker.currentWidget);
          },
        },
      ],
    });
  };

  void app.restored.then(async () => {
    if (!(await canWrite())) tell(messages.savesNothing);
  });
  const watch = ({ context }: NotebookPanel) => {
    context.saveState.connect((_, state) => {
      if (state === 'failed') tell(messages.full);
      // Asked for once there is something to keep: some browsers ask the learner.
      if (state === 'completed') void navigator.storage?.persist?.().catch(() => {});
    });
  };
  tracker.forEach(watch);
  tracker.widgetAdded.connect((_, panel) => watch(panel));
}

/** Hands a notebook over as a file, as it stands; JupyterLab's own command would save it first. */
export function download({ context }: NotebookPanel): void {
  const content = JSON.stringify(context.model.toJSON(), null, 1);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: 'application/x-ipynb+json' }));
  link.download = context.path.replace(/.*\//, '');
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Tries to write to a database of the browser, and removes it. A busy machine may take its time. */
const canWrite = () =>
  new Promise<boolean>(settle => {
    try {
      const opening = indexedDB.open(DATABASE, 1);
      // It opens only once this is written.
      opening.onupgradeneeded = () =>
        opening.result.createObjectStore('probe').put(new Uint8Array(10_000), 'probe');
      opening.onerror = () => settle(false);
      opening.onsuccess = () => {
        opening.result.close();
        indexedDB.deleteDatabase(DATABASE);
        settle(true);
      };
    } catch {
      settle(false);
    }
  });
