/** Warns at once if two tabs show the same notebook: each would overwrite the other's changes. */
import type { NotebookPanel, Page } from './jupyterlab';
import { messages, root } from './page';

interface Message {
  readonly path: string;
  readonly isReply: boolean;
}

export function watchTabs({ app, tracker, notify }: Page): void {
  const channel = new BroadcastChannel(`digits tabs ${root}`);
  const warned = new WeakSet<NotebookPanel>();
  const post = (path: string, isReply: boolean) => channel.postMessage({ path, isReply });
  let shown: NotebookPanel | null = null;
  onShown({ app, tracker }, panel => {
    shown = panel;
    if (panel) post(panel.context.path, false);
  });
  channel.onmessage = ({ data: { path, isReply } }: MessageEvent<Message>) => {
    if (shown?.context.path !== path) return;
    if (!isReply) post(path, true);
    if (!warned.has(shown)) notify(messages.twoTabs(path), 'warning');
    warned.add(shown);
  };
}

/**
 * Calls back with each notebook that becomes current. Begins with the notebook in the page's URL, because JupyterLab
 * first restores the notebooks of other tabs.
 */
export function onShown(
  { app, tracker }: Pick<Page, 'app' | 'tracker'>,
  callback: (panel: NotebookPanel | null) => void,
): void {
  let pending = new URLSearchParams(location.search).get('path');
  const update = () => {
    const panel = tracker.currentWidget;
    if (pending !== null && pending !== panel?.context.path) return;
    pending = null;
    callback(panel);
  };
  void app.restored.then(() => {
    tracker.currentChanged.connect(update);
    update();
  });
}
