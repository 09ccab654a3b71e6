/**
 * A learner's copies of the lesson. What one saves lies in the browser and hides the site's own
 * notebook, also when that is renewed; no copy is ever overwritten.
 */
import type {
  CommandPalette,
  JupyterFrontEnd,
  MainMenu,
  NotebookPanel,
  NotebookTracker,
  Notifications,
} from './jupyterlab';
import { messages, originals } from './page';

/** Offers newer notebooks, and a command, in the File menu and the palette, that brings an original back. */
export async function manageCopies(
  app: JupyterFrontEnd,
  tracker: NotebookTracker,
  notifications: Notifications,
  menu: MainMenu | null,
  palette: CommandPalette | null,
): Promise<void> {
  const present = await originals;
  const command = 'digits-site:original';
  const current = () => {
    const panel = tracker.currentWidget;
    return panel && panel.context.path in present ? panel : undefined;
  };
  app.commands.addCommand(command, {
    label: messages.restore,
    isEnabled: () => current() !== undefined,
    execute: async () => {
      const panel = current();
      if (panel) await setAside(app, panel);
    },
  });
  menu?.fileMenu.addGroup([{ command }], 5);
  palette?.addItem({ command, category: messages.lesson });

  /** Offers the site's own notebook where one is opened that was made from an earlier one. */
  const offerNewer = async (panel: NotebookPanel) => {
    await panel.context.ready;
    const { path, model } = panel.context;
    const { original } = (model.getMetadata('digits') ?? {}) as { original?: string };
    const newer = present[path];
    if (!original || !newer || original === newer) return;
    const mine = await freeName(app, path, messages.mine);
    notifications.emit(messages.newer(path, mine), 'info', {
      autoClose: false,
      actions: [
        {
          label: messages.openNewer,
          displayType: 'accent',
          callback: () => void setAside(app, panel),
        },
      ],
    });
  };
  tracker.forEach(panel => void offerNewer(panel));
  tracker.widgetAdded.connect((_, panel) => void offerNewer(panel));
}

/** Gives the learner's copy a name of its own, and opens what the site has under the old one. */
async function setAside(app: JupyterFrontEnd, { context }: NotebookPanel): Promise<void> {
  const { path, model } = context;
  if (model.dirty) await context.save();
  await app.serviceManager.contents.rename(path, await freeName(app, path, messages.mine));
  await openNotebook(app, path);
}

/** Whether this is the app for small screens, which shows one notebook a page. */
export const showsOneNotebook = (): boolean => document.body.dataset.notebook === 'notebooks';

/** Opens a notebook in the app that the page is. */
export async function openNotebook(app: JupyterFrontEnd, path: string): Promise<void> {
  if (showsOneNotebook()) {
    location.assign(`${location.pathname}?path=${encodeURIComponent(path)}`);
  } else {
    await app.commands.execute('docmanager:open', { path });
  }
}

/** Returns a name for a copy that nothing has yet, such as `lesson.en (mine).ipynb`. */
export async function freeName(
  { serviceManager }: JupyterFrontEnd,
  path: string,
  mark: (count: string) => string,
): Promise<string> {
  for (let number = 1; ; number++) {
    const marked = mark(number > 1 ? ` ${number}` : '');
    const name = path.replace(/\.ipynb$/, `${marked}.ipynb`);
    const taken = serviceManager.contents.get(name, { content: false });
    if (!(await taken.catch(() => false))) return name;
  }
}
