import type { JupyterFrontEnd } from './jupyterlab';

/**
 * Opens the notebook in the page's address as soon as JupyterLab's layout stands. JupyterLab would first
 * wait for its workspace to be saved, which takes more than half a second; it then finds the notebook open.
 */
export function openEarly({ commands, restored }: JupyterFrontEnd): void {
  const path = new URLSearchParams(location.search).get('path');
  // The notebook app opens its one document by itself.
  if (!path?.endsWith('.ipynb') || !/\/lab\/[^/]*$/.test(location.pathname)) return;
  void restored.then(() => commands.execute('docmanager:open', { path }));
}
