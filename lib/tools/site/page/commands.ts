import type { JupyterFrontEnd, NotebookPanel, NotebookTracker } from './jupyterlab';

export interface ThemeManager {
  /** Null before the first one is loaded. */
  readonly theme: string | null;
  /** Tells of a theme before the page, hidden for a frame, is shown in it. */
  readonly themeChanged: { connect(slot: () => void): void };
}

/**
 * Changes when JupyterLab does what it is told. A run waits until the notebook has its kernel, or
 * JupyterLab has asked which one to take: in the first moments after it is opened JupyterLab would ask in
 * any case, and run nothing. And the address's notebook opens once the layout stands: JupyterLab would
 * first wait for its workspace to be saved, which it puts off until nothing has changed for half a second.
 */
export function timeCommands(
  { commands, restored }: JupyterFrontEnd,
  tracker: NotebookTracker,
  themes: ThemeManager,
): void {
  const settled = new WeakMap<NotebookPanel['sessionContext'], Promise<unknown>>();
  tracker.widgetAdded.connect((_, { sessionContext }) => {
    const initialize = sessionContext.initialize.bind(sessionContext);
    const initialized = new Promise(settle => {
      // Called once the notebook has been read.
      sessionContext.initialize = () => {
        const asks = initialize();
        settle(asks.catch(() => {}));
        return asks;
      };
    });
    settled.set(sessionContext, initialized);
  });
  const execute = commands.execute.bind(commands);
  commands.execute = async (id, args?: { readonly search?: string }) => {
    const session = tracker.currentWidget?.sessionContext;
    if (session && !session.isReady && /^(notebook|runmenu):.*run/.test(id)) {
      await settled.get(session);
    }
    const result = execute(id, args);
    // After a workspace's clone is saved, JupyterLab goes to another address.
    const goesOn = id === 'apputils:load-statedb' && !/[?&]clone\b/.test(args?.search ?? '');
    return goesOn ? Promise.race([result, restored.then(() => shown(themes))]) : result;
  };
}

/** Waits until the page is shown: nothing takes the focus, and is the current notebook, while its theme is laid on. */
async function shown(themes: ThemeManager): Promise<void> {
  if (themes.theme === null) await new Promise<void>(go => themes.themeChanged.connect(go));
  await new Promise(requestAnimationFrame);
}
