import type { JupyterFrontEnd, NotebookTracker } from './jupyterlab';

/** Narrower, the list of the files would leave no room for the notebook. */
const ROOM_FOR_FILES = 1_000; // pixels

/** Puts the list of the files away in a narrow window, where JupyterLab shows it with a notebook that it opens. */
export function collapseSidebar(
  { restored, shell }: JupyterFrontEnd,
  tracker: NotebookTracker,
): void {
  if (window.innerWidth >= ROOM_FOR_FILES) return;
  tracker.widgetAdded.connect(async (_, { context, revealed }) => {
    await Promise.all([restored, context.ready, revealed]);
    shell.collapseLeft?.();
  });
}
