/** The site's JupyterLab plugin. */
import { provideExtension } from 'kernel/browser/page/extension';
import { delayCommands, type ThemeManager } from './commands';
import { manageCopies } from './copies';
import { figureFactory } from './figures';
import type { JupyterFrontEnd, NotebookTracker, Page } from './jupyterlab';
import { messages } from './page';
import { keepHistory, rewriteLinks } from './rewrite-links';
import { watchRunningCells } from './running-cells';
import { shareLinks } from './share';
import { watchStorage } from './storage';
import { watchTabs } from './tabs';

provideExtension('digits-site', async shared => {
  const lab = ['@jupyterlab/notebook', '@jupyterlab/apputils', '@jupyterlab/rendermime'];
  const packages = [...lab, '@lumino/widgets'].map(name => shared<object>(name));
  const parts = Object.assign({}, ...(await Promise.all(packages)));
  const { INotebookTracker, IRenderMimeRegistry, IThemeManager, ICommandPalette } = parts;
  return [
    {
      id: 'digits-site:lesson',
      autoStart: true,
      requires: [INotebookTracker, IRenderMimeRegistry, IThemeManager, ICommandPalette],
      activate(
        app: JupyterFrontEnd,
        tracker: NotebookTracker,
        registry: { addFactory(factory: object, rank: number): void },
        themes: ThemeManager,
        palette: { addItem(item: object): void },
      ): void {
        const page: Page = {
          app,
          tracker,
          addCommand(command, options) {
            app.commands.addCommand(command, options);
            palette.addItem({ command, category: messages.lesson });
          },
          notify(message, type, ...actions) {
            const options = { autoClose: false, actions };
            void app.commands.execute('apputils:notify', { message, type, options });
          },
        };
        // Rank before images and text, which figures also include.
        registry.addFactory(figureFactory(parts.Widget), 2);
        manageCopies(page);
        shareLinks(page, parts.InputDialog);
        watchStorage(page);
        watchRunningCells(page);
        watchTabs(page);
        delayCommands(app, tracker, themes);
        rewriteLinks(app);
        keepHistory(page);
      },
    },
  ];
});
