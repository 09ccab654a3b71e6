/** What the site adds to JupyterLab's page. */
import { provideExtension, type Shared } from 'kernel/browser/page/extension';
import { manageCopies } from './copies';
import { drawOnce, type RenderMimeRegistry } from './draw-once';
import { holdRuns } from './hold-runs';
import type {
  JupyterFrontEnd as App,
  CommandPalette,
  InputDialogs,
  MainMenu,
  Notifications,
  Plugin,
  ToolbarButtons,
  NotebookTracker as Tracker,
} from './jupyterlab';
import { offerWhole } from './keep-lesson';
import { openEarly } from './open-early';
import { rewriteLinks } from './rewrite-links';
import { shareLinks } from './share';
import { watchStorage } from './storage';

type Tokens = Record<string, unknown>;

async function plugins(shared: Shared): Promise<Plugin[]> {
  const { INotebookTracker } = await shared<Tokens>('@jupyterlab/notebook');
  const { IMainMenu } = await shared<Tokens>('@jupyterlab/mainmenu');
  const { ICommandPalette, IThemeManager, InputDialog, Notification } =
    await shared<Tokens>('@jupyterlab/apputils');
  const buttons = await shared<ToolbarButtons>('@jupyterlab/ui-components');
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
    plugin(
      'share',
      [INotebookTracker],
      (app: App, tracker: Tracker, menu: MainMenu | null, palette: CommandPalette | null) =>
        shareLinks(app, tracker, notices, InputDialog as InputDialogs, buttons, menu, palette),
      [IMainMenu, ICommandPalette],
    ),
    withNotebooks('runs', holdRuns),
    withNotebooks('storage', (app, tracker) => watchStorage(app, tracker, notices)),
    plugin('early', [IThemeManager], openEarly),
    plugin('links', [], rewriteLinks),
    plugin('offline', [], offerWhole, [IMainMenu, ICommandPalette]),
  ];
}

provideExtension('digits-site', plugins);
