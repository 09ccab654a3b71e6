/** Warns before the page, and with it the kernel, ends while cells run; names the lost cells at the next visit. */
import type { Cell, NotebookPanel, Page } from './jupyterlab';
import { messages } from './page';

/** The prefix of the keys under which each page stores the IDs of a notebook's running cells. */
const RUNNING = 'digits-lesson:running:';
const GO = 'digits-site:go-to-cell';
const pageId = Math.random();

/** Names cells by the beginning of the first cell's code. */
function nameOf([cell, ...more]: readonly Cell[]): string {
  const [line = ''] = cell?.model.sharedModel.getSource().trim().split('\n') ?? [];
  const name = line.length > 24 ? `“${line.slice(0, 24)}…”` : `“${line}”`;
  return more.length > 0 ? name + messages.moreCells(more.length) : name;
}

/** Removes what closed pages have stored for a notebook, and returns the IDs of their running cells. */
async function takeLost(path: string): Promise<string[]> {
  // Only a lock shows whether another page is still open. Browsers have locks on https and on localhost.
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const keys = Object.keys(localStorage).filter(
    key =>
      navigator.locks &&
      key.startsWith(`${RUNNING}${path}|`) &&
      !held.some(({ name }) => name === key),
  );
  const lost = keys.flatMap(key => JSON.parse(localStorage.getItem(key) ?? '[]') as string[]);
  for (const key of keys) localStorage.removeItem(key);
  return lost;
}

export function watchRunningCells({ app, tracker, tell }: Page): void {
  const running = new Set<NotebookPanel>();
  addEventListener('beforeunload', event => {
    if (running.size > 0) event.preventDefault();
  });
  app.commands.addCommand(GO, {
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

  async function tellLost({ context, content }: NotebookPanel): Promise<void> {
    await context.ready;
    const lost = await takeLost(context.path);
    const cells = content.widgets.filter(({ model }) => lost.includes(model.id));
    const id = cells[0]?.model.id;
    if (id === undefined) return;
    const args = { path: context.path, id };
    tell(messages.lost(nameOf(cells)), 'warning', {
      label: messages.goToCell,
      commandId: GO,
      args,
    });
  }

  /** Stores which cells run, and holds a lock of the same name while they do. */
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
      const untilReleased = new Promise<void>(resolve => {
        release = resolve;
      });
      void navigator.locks?.request(key, () => untilReleased);
    };
    let timer: ReturnType<typeof setTimeout>;
    panel.sessionContext.statusChanged.connect(() => {
      clearTimeout(timer);
      // The cell's reply arrives after the status.
      timer = setTimeout(store, 100);
    });
    // The page may be closed as soon as a cell has ended.
    addEventListener('pagehide', store);
    panel.disposed.connect(() => {
      clearTimeout(timer);
      removeEventListener('pagehide', store);
      finish();
    });
  }

  tracker.widgetAdded.connect((_, panel) => {
    storeRunning(panel);
    void tellLost(panel);
  });
}
