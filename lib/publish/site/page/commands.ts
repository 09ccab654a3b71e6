import { isPhoneApp } from './copies';
import type { JupyterFrontEnd, NotebookPanel, NotebookTracker } from './jupyterlab';

export interface ThemeManager {
  /** Null until the first theme is loaded. */
  readonly theme: string | null;
  /** Emitted before the page, hidden for one frame, is shown with the theme. */
  readonly themeChanged: { connect(slot: () => void): void };
}

/**
 * Delays run commands until the notebook has a kernel or JupyterLab has asked for one; earlier, JupyterLab would
 * always ask and run nothing. Opens the URL's notebook once the layout is restored. JupyterLab would wait until the
 * workspace is saved: on a fast computer that is too late, on a slow one too early, and the restored layout would then
 * replace the notebook.
 */
export function delayCommands(
  { commands, restored }: JupyterFrontEnd,
  tracker: NotebookTracker,
  themes: ThemeManager,
): void {
  const initializations = new WeakMap<NotebookPanel['sessionContext'], Promise<unknown>>();
  tracker.widgetAdded.connect((_, { sessionContext }) => {
    const initialize = sessionContext.initialize.bind(sessionContext);
    const initialization = new Promise(resolve => {
      // Called after the notebook is loaded.
      sessionContext.initialize = () => {
        const needsKernel = initialize();
        resolve(needsKernel.catch(() => {}));
        return needsKernel;
      };
    });
    initializations.set(sessionContext, initialization);
  });
  const execute = commands.execute.bind(commands);
  commands.execute = async (id, args?: { readonly search?: string }) => {
    const session = tracker.currentWidget?.sessionContext;
    if (session && !session.isReady && /^(notebook|runmenu):.*run/.test(id)) {
      await initializations.get(session);
    }
    const result = execute(id, args);
    // After saving a cloned workspace, JupyterLab navigates to another URL. The app for small screens has no layout.
    const isFinal = id === 'apputils:load-statedb' && !/[?&]clone\b/.test(args?.search ?? '');
    return isFinal && !isPhoneApp() ? restored.then(() => waitUntilShown(themes)) : result;
  };
}

/** Waits until the page is visible. While a theme is applied, no notebook can receive the focus or become current. */
async function waitUntilShown(themes: ThemeManager): Promise<void> {
  if (themes.theme === null)
    await new Promise<void>(resolve => themes.themeChanged.connect(resolve));
  await new Promise(requestAnimationFrame);
}
