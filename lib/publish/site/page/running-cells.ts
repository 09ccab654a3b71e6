/** Warns before closing a page, and its kernel, while cells run. Reports the lost cells at the next visit. */
import type { Cell, NotebookPanel, Page } from './jupyterlab';
import { messages } from './page';

/** Prefix of storage keys for the ids of lost cells, per notebook. */
const LOST = 'digits-lesson:lost:';
const GO_COMMAND = 'digits-site:go-to-cell';

/** Describes cells by the start of the first cell's code. */
function describeCells([cell, ...rest]: readonly Cell[]): string {
  const [line = ''] = cell?.model.sharedModel.getSource().trim().split('\n') ?? [];
  const name = line.length > 24 ? `“${line.slice(0, 24)}…”` : `“${line}”`;
  return rest.length > 0 ? name + messages.moreCells(rest.length) : name;
}

const runningCells = ({ content }: NotebookPanel): Cell[] =>
  content.widgets.filter(({ prompt }) => prompt === '*');

export function watchRunningCells({ app, tracker, notify }: Page): void {
  addEventListener('beforeunload', event => {
    if (tracker.find(panel => runningCells(panel).length > 0)) event.preventDefault();
  });
  addEventListener('pagehide', () => {
    tracker.forEach(panel => {
      const ids = runningCells(panel).map(({ model }) => model.id);
      if (ids.length > 0) localStorage.setItem(LOST + panel.context.path, JSON.stringify(ids));
    });
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

  tracker.widgetAdded.connect(async (_, { context, content }) => {
    await context.ready;
    const key = LOST + context.path;
    const lost: string[] = JSON.parse(localStorage.getItem(key) ?? '[]');
    localStorage.removeItem(key);
    const cells = content.widgets.filter(({ model }) => lost.includes(model.id));
    const id = cells[0]?.model.id;
    if (id === undefined) return;
    notify(messages.lost(describeCells(cells)), 'warning', {
      label: messages.goToCell,
      commandId: GO_COMMAND,
      args: { path: context.path, id },
    });
  });
}
