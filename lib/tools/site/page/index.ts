/** What the site adds to JupyterLab's page. */
import { provideExtension, type Shared } from 'kernel/browser/page/extension';
import { manageCopies } from './copies';
import { drawOnce, type RenderMimeRegistry } from './draw-once';
import { holdRuns } from './hold-runs';
import type {
  JupyterFrontEnd as App,
  CommandPalette,
  MainMenu,
  Notifications,
  Plugin,
  NotebookTracker as Tracker,
} from './jupyterlab';
import { openEarly } from './open-early';
import { precache } from './precache';
import { rewriteLinks } from './rewrite-links';
import { watchStorage } from './storage';

/** Narrower, the list of the files would leave no room for the notebook. */
const ROOM_FOR_FILES = 1_000; // pixels

/** Puts the list of the files away in a narrow window, where JupyterLab shows it with a notebook that it opens. */
function collapseSidebar({ restored, shell }: App, tracker: Tracker): void {
  if (window.innerWidth >= ROOM_FOR_FILES) return;
  tracker.widgetAdded.connect(async (_, { context, revealed }) => {
    await Promise.all([restored, context.ready, revealed]);
    shell.collapseLeft?.();
  });
}

type Tokens = Record<string, unknown>;

async function plugins(shared: Shared): Promise<Plugin[]> {
  const { INotebookTracker } = await shared<Tokens>('@jupyterlab/notebook');
  const { IMainMenu } = await shared<Tokens>('@jupyterlab/mainmenu');
  const { ICommandPalette, IThemeManager, Notification } =
    await shared<Tokens>('@jupyterlab/apputils');
  const { IRenderMimeRegistry } = await shared<Tokens>('@jupyterlab/rendermime');
  const notices = Notification as Notifications;

  const plugin = (
    name: string,
    requires: readonly unknown[],
    activate: Plugin['activate'],
    optional: readonly unknown[] = [],
  ): Plugin => ({ id: `digits-site:${name}`, autoStart: true, requires, optional, activate });
  const withNotebooks = (name: string, activate: (app: App, tracker: Tracker) => void) =>
    plugin(name, [INotebookTracker], activate);

  return [
    plugin('figures', [IRenderMimeRegistry], ({ started }: App, registry: RenderMimeRegistry) => {
      // Plotly's extension may be registered after this one.
      void started.then(() => drawOnce(registry));
    }),
    plugin(
      'copies',
      [INotebookTracker],
      (app: App, tracker: Tracker, menu: MainMenu | null, palette: CommandPalette | null) =>
        manageCopies(app, tracker, notices, menu, palette),
      [IMainMenu, ICommandPalette],
    ),
    withNotebooks('runs', holdRuns),
    withNotebooks('narrow', collapseSidebar),
    withNotebooks('storage', (app, tracker) => watchStorage(app, tracker, notices)),
    plugin('early', [IThemeManager], openEarly),
    plugin('links', [], rewriteLinks),
    plugin('offline', [], ({ restored }: App) => void restored.then(() => precache())),
  ];
}

provideExtension('digits-site', plugins);
