/** Warns before closing a page, and its kernel, while cells run. Reports the lost cells at the next visit. */
import type { Cell, NotebookPanel, Page } from './jupyterlab';
import { messages } from './page';

/** Prefix of storage keys for the ids of running cells, per page and notebook. */
const RUNNING = 'digits-lesson:running:';
const GO_COMMAND = 'digits-site:go-to-cell';
const pageId = Math.random();

/** Describes cells by the start of the first cell's code. */
function describeCells([cell, ...rest]: readonly Cell[]): string {
  const [line = ''] = cell?.model.sharedModel.getSource().trim().split('\n') ?? [];
  const name = line.length > 24 ? `“${line.slice(0, 24)}…”` : `“${line}”`;
  return rest.length > 0 ? name + messages.moreCells(rest.length) : name;
}

/** Removes and returns the ids of running cells stored by closed pages. */
async function removeLostCells(path: string): Promise<string[]> {
  // Only a lock shows whether another page is still open. Locks need a secure context: https or localhost.
  const { held: locks = [] } = (await navigator.locks?.query()) ?? {};
  const keys = Object.keys(localStorage).filter(
    key =>
      navigator.locks &&
      key.startsWith(`${RUNNING}${path}|`) &&
      !locks.some(({ name }) => name === key),
  );
  const lost = keys.flatMap(key => JSON.parse(localStorage.getItem(key) ?? '[]') as string[]);
  for (const key of keys) localStorage.removeItem(key);
  return lost;
}

export function watchRunningCells({ app, tracker, notify }: Page): void {
  const running = new Set<NotebookPanel>();
  addEventListener('beforeunload', event => {
    if (running.size > 0) event.preventDefault();
  });
  app.commands.addCommand(GO_COMMAND, {
    label: messages.goToCell,
    async execute({ path, id }: { path: string; id: string }) {
      await app.commands.execute('docmanager:open', { path });
      const content = tracker.find(({ context }) => context.path === path)?.content;
      const index = content?.widgets.findIndex(({ model }) => model.id === id) ?? -1;
      if (!content || index < 0) return;
      content.activeCellIndex = index;
      await content.scrollToItem(index);
    },
  });

  async function reportLost({ context, content }: NotebookPanel): Promise<void> {
    await context.ready;
    const lost = await removeLostCells(context.path);
    const cells = content.widgets.filter(({ model }) => lost.includes(model.id));
    const id = cells[0]?.model.id;
    if (id === undefined) return;
    const args = { path: context.path, id };
    notify(messages.lost(describeCells(cells)), 'warning', {
      label: messages.goToCell,
      commandId: GO_COMMAND,
      args,
    });
  }

  /** Stores the ids of running cells, and holds a lock with the same name meanwhile. */
  function storeRunning(panel: NotebookPanel): void {
    let key = '';
    let release = () => {};
    const finish = () => {
      localStorage.removeItem(key);
      running.delete(panel);
      release();
    };
    const store = () => {
      const cells = panel.content.widgets.filter(({ prompt }) => prompt === '*');
      const wasRunning = running.has(panel);
      if (cells.length === 0) return finish();
      if (!wasRunning) key = `${RUNNING}${panel.context.path}|${pageId}`;
      localStorage.setItem(key, JSON.stringify(cells.map(({ model }) => model.id)));
      if (wasRunning) return;
      running.add(panel);
      const released = new Promise<void>(resolve => {
        release = resolve;
      });
      void navigator.locks?.request(key, () => released);
    };
    let timer: ReturnType<typeof setTimeout>;
    panel.sessionContext.statusChanged.connect(() => {
      clearTimeout(timer);
      // The cell's reply arrives after the status.
      timer = setTimeout(store, 100);
    });
    // The page may be closed right after a cell has finished.
    addEventListener('pagehide', store);
    panel.disposed.connect(() => {
      clearTimeout(timer);
      removeEventListener('pagehide', store);
      finish();
    });
  }

  tracker.widgetAdded.connect((_, panel) => {
    storeRunning(panel);
    void reportLost(panel);
  });
}
