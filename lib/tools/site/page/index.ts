/** What the site adds to JupyterLab's page. */
import { provideExtension } from 'kernel/browser/page/extension';
import { type ThemeManager, timeCommands } from './commands';
import { manageCopies } from './copies';
import { figureFactory } from './figures';
import type { JupyterFrontEnd, NotebookTracker, Page } from './jupyterlab';
import { offerWhole } from './keep-lesson';
import { messages } from './page';
import { rewriteLinks } from './rewrite-links';
import { type InputDialog, shareLinks } from './share';
import { watchStorage } from './storage';

/** Before that of pictures and text, which figures bring as well. */
const RANK = 2;

provideExtension('digits-site', async shared => {
  const { INotebookTracker } = await shared<Record<string, unknown>>('@jupyterlab/notebook');
  const { IMainMenu } = await shared<Record<string, unknown>>('@jupyterlab/mainmenu');
  const apputils = await shared<Record<string, unknown>>('@jupyterlab/apputils');
  const { IRenderMimeRegistry } = await shared<Record<string, unknown>>('@jupyterlab/rendermime');
  const { Widget } = await shared<{ Widget: Parameters<typeof figureFactory>[0] }>(
    '@lumino/widgets',
  );
  const plugin = {
    id: 'digits-site:lesson',
    autoStart: true,
    requires: [INotebookTracker, IRenderMimeRegistry, apputils.IThemeManager],
    optional: [IMainMenu, apputils.ICommandPalette],
    activate(
      app: JupyterFrontEnd,
      tracker: NotebookTracker,
      registry: { addFactory(factory: object, rank: number): void },
      themes: ThemeManager,
      menu: { readonly fileMenu: { addGroup(items: object[], rank: number): void } } | null,
      palette: { addItem(item: object): void } | null,
    ): void {
      const page: Page = {
        app,
        tracker,
        offer(command, options) {
          app.commands.addCommand(command, options);
          menu?.fileMenu.addGroup([{ command }], 5);
          palette?.addItem({ command, category: messages.lesson });
        },
        tell(message, type, ...actions) {
          const options = { autoClose: false, actions };
          void app.commands.execute('apputils:notify', { message, type, options });
        },
      };
      registry.addFactory(figureFactory(Widget), RANK);
      manageCopies(page);
      shareLinks(page, apputils.InputDialog as InputDialog);
      offerWhole(page);
      watchStorage(page);
      timeCommands(app, tracker, themes);
      rewriteLinks(app);
    },
  };
  return [plugin];
});
