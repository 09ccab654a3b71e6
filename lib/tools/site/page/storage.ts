/** Whether the browser keeps what a learner saves, and a notice where it does not. */
import type { JupyterFrontEnd, NotebookPanel, NotebookTracker, Notifications } from './jupyterlab';
import { text } from './words';

const DATABASE = 'digits probe';
const PATIENCE = 5_000; // milliseconds

export function watchStorage(
  app: JupyterFrontEnd,
  tracker: NotebookTracker,
  notifications: Notifications,
): void {
  let told = false;
  const tell = (reason: string) => {
    if (told) return;
    told = true;
    notifications.emit(`${reason} ${text(CURE)}`, 'warning', {
      autoClose: false,
      actions: [
        {
          label: text({ zh: '下载笔记本', en: 'Download the notebook' }),
          displayType: 'accent',
          callback: () => {
            told = false; // it may happen to another notebook, too
            void app.commands.execute('docmanager:download');
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

const REFUSED = {
  zh: '浏览器不允许本页保存数据（例如无痕窗口），您的修改在关闭页面后会丢失。',
  en: 'The browser does not let this page keep anything (a private window may be why): what you change is lost when the page is closed.',
};
const FULL = {
  zh: '没能保存：浏览器的存储空间可能已满。',
  en: 'The notebook could not be saved: the browser’s storage may be full.',
};
const CURE = {
  zh: '要保留修改，请下载笔记本。',
  en: 'To keep your changes, download the notebook.',
};

/** Tries to write to a database of the browser, and removes it. */
async function canWrite(): Promise<boolean> {
  const tried = new Promise<boolean>(settle => {
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
  const tooLate = new Promise<boolean>(settle => setTimeout(() => settle(false), PATIENCE));
  return Promise.race([tried, tooLate]);
}
