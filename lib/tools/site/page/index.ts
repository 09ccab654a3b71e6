/** What the site adds to JupyterLab's page. */
import { provideExtension, type Shared } from 'kernel/browser/page/extension';
import { manageCopies } from './copies';
import { figureFactory } from './figures';
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

interface RenderMimeRegistry {
  addFactory(factory: object, rank: number): void;
}

/** Before that of pictures and text, which figures bring as well. */
const RANK = 2;

async function plugins(shared: Shared): Promise<Plugin[]> {
  const { INotebookTracker } = await shared<Tokens>('@jupyterlab/notebook');
  const { IMainMenu } = await shared<Tokens>('@jupyterlab/mainmenu');
  const { ICommandPalette, IThemeManager, InputDialog, Notification } =
    await shared<Tokens>('@jupyterlab/apputils');
  const buttons = await shared<ToolbarButtons>('@jupyterlab/ui-components');
  const { IRenderMimeRegistry } = await shared<Tokens>('@jupyterlab/rendermime');
  const { Widget } = await shared<{ Widget: Parameters<typeof figureFactory>[0] }>(
    '@lumino/widgets',
  );
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
    plugin('figures', [IRenderMimeRegistry], (_: App, registry: RenderMimeRegistry) =>
      registry.addFactory(figureFactory(Widget), RANK),
    ),
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
