import type { NotebookPanel, Page } from './jupyterlab';

/**
 * Lets a run wait until the notebook has its kernel, or JupyterLab has asked which one to take. In the
 * first moments after it is opened JupyterLab would ask in any case, and run nothing.
 */
export function holdRuns({ app: { commands }, tracker }: Page): void {
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
  commands.execute = async (id, args) => {
    const session = tracker.currentWidget?.sessionContext;
    if (session && !session.isReady && /^(notebook|runmenu):.*run/.test(id)) {
      await settled.get(session);
    }
    return execute(id, args);
  };
}
