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
import { root } from './root';
import { text } from './words';

/** From which original each notebook of the site comes today, by its path. */
export type Originals = Readonly<Record<string, string>>;

export async function fetchOriginals(): Promise<Originals> {
  try {
    return await (await fetch(`${root}api/originals.json`)).json();
  } catch {
    return {};
  }
}

/** Offers the site's own notebook wherever one is opened that was made from an earlier one. */
export function watchForNewer(
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
    notifications.emit(newer(path, mine), 'info', {
      autoClose: false,
      actions: [
        {
          label: text({ zh: '打开新版，保留我的', en: 'Open the new one and keep mine' }),
          displayType: 'accent',
          callback: () => void setAside(app, panel, path),
        },
      ],
    });
  };
  tracker.forEach(panel => void look(panel));
  tracker.widgetAdded.connect((_, panel) => void look(panel));
}

// JupyterLab cuts a notice after 140 characters.
const newer = (path: string, mine: string) =>
  text({
    zh: `“${path}”有新版本，现在打开的是您保存的副本。打开新版后，您的副本会以“${mine}”为名保留。`,
    en: `There is a newer version of “${path}”; this is your own copy. Open the new one, and yours is kept as “${mine}”.`,
  });

/** Adds the command that brings the original back: to the File menu and the palette. */
export function restoreCommand(
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
    label: text({
      zh: '取回原始笔记本（保留我的副本）',
      en: 'Get the Original Back (Keeps Your Copy)',
    }),
    isEnabled: () => current() !== undefined,
    execute: async () => {
      const panel = current();
      if (panel) await setAside(app, panel, panel.context.path);
    },
  });
  menu?.fileMenu.addGroup([{ command }], 5);
  palette?.addItem({ command, category: text({ zh: '课程', en: 'Lesson' }) });
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
    const mark = text({ zh: `（我的${count}）`, en: ` (mine${count})` });
    const name = path.replace(/\.ipynb$/, `${mark}.ipynb`);
    const taken = await serviceManager.contents
      .get(name, { content: false })
      .catch(() => undefined);
    if (!taken) return name;
  }
}
