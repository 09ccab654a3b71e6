/**
 * What the site adds to JupyterLab's page, in the form in which JupyterLab loads an extension: the
 * modules that it needs are those of the page.
 */

import { collapseSidebar } from './collapse-sidebar';
import { fetchOriginals, restoreCommand, watchForNewer } from './copies';
import { drawOnce, type RenderMimeRegistry } from './draw-once';
import { holdRuns } from './hold-runs';
import {
  type CommandPalette,
  type JupyterFrontEnd,
  type MainMenu,
  type NotebookTracker,
  type Notifications,
  type Plugin,
  type ShareScope,
  shared,
} from './jupyterlab';
import { precache } from './precache';
import { rewriteLinks } from './rewrite-links';
import { watchStorage } from './storage';

async function pluginsOf(scope: ShareScope): Promise<Plugin[]> {
  const { INotebookTracker } = await shared<Record<string, unknown>>(scope, '@jupyterlab/notebook');
  const { IMainMenu } = await shared<Record<string, unknown>>(scope, '@jupyterlab/mainmenu');
  const { ICommandPalette, Notification } = await shared<{
    ICommandPalette: unknown;
    Notification: Notifications;
  }>(scope, '@jupyterlab/apputils');
  const { IRenderMimeRegistry } = await shared<Record<string, unknown>>(
    scope,
    '@jupyterlab/rendermime',
  );
  return [
    {
      id: 'digits-site:figures',
      autoStart: true,
      requires: [IRenderMimeRegistry],
      activate: ({ started }: JupyterFrontEnd, registry: RenderMimeRegistry) => {
        // Plotly's extension may be registered after this one.
        void started.then(() => drawOnce(registry));
      },
    },
    {
      id: 'digits-site:runs',
      autoStart: true,
      requires: [INotebookTracker],
      activate: (app: JupyterFrontEnd, tracker: NotebookTracker) => holdRuns(app, tracker),
    },
    {
      id: 'digits-site:copies',
      autoStart: true,
      requires: [INotebookTracker],
      optional: [IMainMenu, ICommandPalette],
      activate: async (
        app: JupyterFrontEnd,
        tracker: NotebookTracker,
        menu: MainMenu | null,
        palette: CommandPalette | null,
      ) => {
        const originals = await fetchOriginals();
        restoreCommand(app, tracker, originals, menu, palette);
        watchForNewer(app, tracker, originals, Notification);
      },
    },
    {
      id: 'digits-site:storage',
      autoStart: true,
      requires: [INotebookTracker],
      activate: (app: JupyterFrontEnd, tracker: NotebookTracker) =>
        watchStorage(app, tracker, Notification),
    },
    {
      id: 'digits-site:narrow',
      autoStart: true,
      requires: [INotebookTracker],
      activate: (app: JupyterFrontEnd, tracker: NotebookTracker) => collapseSidebar(app, tracker),
    },
    {
      id: 'digits-site:stay',
      autoStart: true,
      activate: (app: JupyterFrontEnd) => rewriteLinks(app),
    },
    {
      id: 'digits-site:offline',
      autoStart: true,
      activate: (app: JupyterFrontEnd) => {
        void app.restored.then(() => precache());
      },
    },
  ];
}

let scope: ShareScope;
const page = window as unknown as { _JUPYTERLAB?: Record<string, unknown> };
page._JUPYTERLAB ??= {};
page._JUPYTERLAB['digits-site'] = {
  init: (given: ShareScope) => {
    scope = given;
  },
  get: async () => {
    const plugins = await pluginsOf(scope);
    return () => ({ __esModule: true, default: plugins });
  },
};
