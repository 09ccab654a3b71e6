import type { JupyterFrontEnd } from './jupyterlab';

export interface ThemeManager {
  /** Null before the first one is loaded. */
  readonly theme: string | null;
  /** Tells of a theme before the page, hidden for a frame, is shown in it. */
  readonly themeChanged: { connect(slot: () => void): void };
}

/**
 * Opens the address's notebook once the layout stands. JupyterLab would first wait for its workspace to
 * be saved, which it puts off until nothing has changed for half a second.
 */
export function openEarly({ commands, restored }: JupyterFrontEnd, themes: ThemeManager): void {
  const execute = commands.execute.bind(commands);
  commands.execute = (id, args?: { readonly search?: string }) => {
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
