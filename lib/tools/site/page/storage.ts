/** Whether the browser keeps what a learner saves, and a notice where it does not. */
import type { JupyterFrontEnd, NotebookPanel, NotebookTracker, Notifications } from './jupyterlab';
import { text } from './words';

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
          label: text({ zh: '下载笔记本', en: 'Download the notebook' }),
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
    if (!(await canWrite())) tell(text(REFUSED));
  });
  const watch = ({ context }: NotebookPanel) => {
    context.saveState.connect((_, state) => {
      if (state === 'failed') tell(text(FULL));
      // Asked for once there is something to keep: some browsers ask the learner.
      if (state === 'completed') void navigator.storage?.persist?.().catch(() => {});
    });
  };
  tracker.forEach(watch);
  tracker.widgetAdded.connect((_, panel) => watch(panel));
}

/** Hands a notebook over as a file, as it stands; JupyterLab's own command would save it first. */
function download({ context }: NotebookPanel): void {
  const content = JSON.stringify(context.model.toJSON(), null, 1);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: 'application/x-ipynb+json' }));
  link.download = context.path.replace(/.*\//, '');
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// JupyterLab cuts a notice after 140 characters.
const REFUSED = {
  zh: '浏览器不允许本页保存数据（例如无痕窗口），关闭页面后您的修改会丢失。要保留修改，请下载笔记本。',
  en: 'This browser saves nothing for this page (a private window?). Closing it loses your changes. Download the notebook to keep them.',
};
const FULL = {
  zh: '没能保存：浏览器的存储空间可能已满。要保留修改，请下载笔记本。',
  en: 'The notebook could not be saved; the browser’s storage may be full. Download it to keep your changes.',
};

/** Tries to write to a database of the browser, and removes it. A busy machine may take its time. */
const canWrite = () =>
  new Promise<boolean>(settle => {
    try {
      const opening = indexedDB.open(DATABASE, 1);
      opening.onerror = () => settle(false);
      opening.onupgradeneeded = () => opening.result.createObjectStore('probe');
      opening.onsuccess = () => {
        const writing = opening.result.transaction('probe', 'readwrite');
        writing.objectStore('probe').put(new Uint8Array(10_000), 'probe');
        const end = (written: boolean) => {
          opening.result.close();
          indexedDB.deleteDatabase(DATABASE);
          settle(written);
        };
        writing.oncomplete = () => end(true);
        writing.onerror = () => end(false);
        writing.onabort = () => end(false);
      };
    } catch {
      settle(false);
    }
  });
