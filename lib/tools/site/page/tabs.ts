/** Warns at once if two tabs show the same notebook: each would overwrite the other's changes. */
import type { NotebookPanel, Page } from './jupyterlab';
import { messages, root } from './page';

/** Milliseconds after which a notebook counts as shown. JupyterLab may briefly show another tab's notebook at first. */
const SETTLING_MS = 500;

interface Message {
  readonly path: string;
  readonly isReply: boolean;
}

export function watchTabs({ tracker, notify }: Page): void {
  const channel = new BroadcastChannel(`digits tabs ${root}`);
  const warned = new WeakSet<NotebookPanel>();
  const post = (path: string, isReply: boolean) => channel.postMessage({ path, isReply });
  tracker.currentChanged.connect((_, panel) => {
    setTimeout(() => {
      if (panel && panel === tracker.currentWidget) post(panel.context.path, false);
    }, SETTLING_MS);
  });
  channel.onmessage = ({ data: { path, isReply } }: MessageEvent<Message>) => {
    const panel = tracker.currentWidget;
    if (panel?.context.path !== path) return;
    if (!isReply) post(path, true);
    if (!warned.has(panel)) notify(messages.twoTabs(path), 'warning');
    warned.add(panel);
  };
}
