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
import { messages, root } from './page';

/** Names the original that each notebook of the site comes from today, by its path. */
type Originals = Readonly<Record<string, string>>;

/** Offers newer notebooks, and a command that brings an original back. */
export async function manageCopies(
  app: JupyterFrontEnd,
  tracker: NotebookTracker,
  notifications: Notifications,
  menu: MainMenu | null,
  palette: CommandPalette | null,
): Promise<void> {
  const originals = await fetchOriginals();
  restoreCommand(app, tracker, originals, menu, palette);
  watchForNewer(app, tracker, originals, notifications);
}

async function fetchOriginals(): Promise<Originals> {
  try {
    return await (await fetch(`${root}api/originals.json`)).json();
  } catch {
    return {};
  }
}

/** Offers the site's own notebook wherever one is opened that was made from an earlier one. */
function watchForNewer(
  app: JupyterFrontEnd,
  tracker: NotebookTracker,
  originals: Originals,
  notifications: Notifications,
): void {
  const look = async (panel: NotebookPanel) => {
    await panel.context.ready;
    const { path, model } = panel.context;
    const { original } = (model.getMetadata('digits') ?? {}) as { original?: string };
    const present = originals[path];
    if (!original || !present || original === present) return;
    const mine = await freeName(app, path);
    notifications.emit(messages.newer(path, mine), 'info', {
      autoClose: false,
      actions: [
        {
          label: messages.openNewer,
          displayType: 'accent',
          callback: () => void setAside(app, panel, path),
        },
      ],
    });
  };
  tracker.forEach(panel => void look(panel));
  tracker.widgetAdded.connect((_, panel) => void look(panel));
}

/** Adds the command that brings the original back: to the File menu and the palette. */
function restoreCommand(
  app: JupyterFrontEnd,
  tracker: NotebookTracker,
  originals: Originals,
  menu: MainMenu | null,
  palette: CommandPalette | null,
): void {
  const command = 'digits-site:original';
  const current = () => {
    const panel = tracker.currentWidget;
    return panel && panel.context.path in originals ? panel : undefined;
  };
  app.commands.addCommand(command, {
    label: messages.restore,
    isEnabled: () => current() !== undefined,
    execute: async () => {
      const panel = current();
      if (panel) await setAside(app, panel, panel.context.path);
    },
  });
  menu?.fileMenu.addGroup([{ command }], 5);
  palette?.addItem({ command, category: messages.lesson });
}

/** Gives the learner's copy a name of its own, and opens what the site has under the old one. */
async function setAside(app: JupyterFrontEnd, panel: NotebookPanel, path: string): Promise<void> {
  if (panel.context.model.dirty) await panel.context.save();
  await app.serviceManager.contents.rename(path, await freeName(app, path));
  // The app for small screens shows one notebook a page.
  if (document.body.dataset.notebook === 'notebooks') {
    location.assign(`${location.pathname}?path=${encodeURIComponent(path)}`);
  } else {
    await app.commands.execute('docmanager:open', { path });
  }
}

/** Returns a name for the learner's copy that nothing has yet, such as `lesson.en (mine).ipynb`. */
async function freeName({ serviceManager }: JupyterFrontEnd, path: string): Promise<string> {
  for (let number = 1; ; number++) {
    const count = number > 1 ? ` ${number}` : '';
    const mark = messages.mine(count);
    const name = path.replace(/\.ipynb$/, `${mark}.ipynb`);
    const taken = await serviceManager.contents
      .get(name, { content: false })
      .catch(() => undefined);
    if (!taken) return name;
  }
}
