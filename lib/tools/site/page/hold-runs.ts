import type { JupyterFrontEnd, NotebookTracker } from './jupyterlab';

/** How long a run waits for its kernel; then JupyterLab may ask which one to take. */
const PATIENCE = 20_000; // milliseconds

/**
 * Lets a run wait until the notebook has its kernel. In the first moments after it is opened JupyterLab
 * would ask for a kernel instead, and run nothing.
 */
export function holdRuns({ commands }: JupyterFrontEnd, tracker: NotebookTracker): void {
  const execute = commands.execute.bind(commands);
  commands.execute = async (id, args) => {
    const session = tracker.currentWidget?.sessionContext;
    if (session && !session.isReady && /^(notebook|runmenu):.*run/.test(id)) {
      await Promise.race([session.ready, new Promise(settle => setTimeout(settle, PATIENCE))]);
    }
    return execute(id, args);
  };
}
