/** A link that holds a notebook, for others; and what becomes of one that somebody opens. */
import { freeName, openNotebook, showsOneNotebook } from './copies';
import type {
  CommandPalette,
  InputDialogs,
  JupyterFrontEnd,
  MainMenu,
  NotebookTracker,
  Notifications,
  ToolbarButtons,
} from './jupyterlab';
import { language, messages, originals, root } from './page';
import { type Cell, cellsOf, LinkError, LONGEST, pack, partsOf, unpack } from './share-link';
import { download } from './storage';

/** A cell of a notebook of the site: it has no outputs here. */
interface OwnCell extends Cell {
  readonly metadata: object;
}

interface OwnNotebook {
  readonly cells: readonly OwnCell[];
  readonly metadata: { readonly digits?: { readonly original: string } };
}

/** The cell that stands above what somebody else has written. */
const WARNING = 'digits-shared';

/** Read before JupyterLab takes what is behind `#` for its own. */
const arrived = location.hash;

/** Offers the link in the File menu, the palette and over each notebook. */
export function shareLinks(
  app: JupyterFrontEnd,
  tracker: NotebookTracker,
  notifications: Notifications,
  dialogs: InputDialogs,
  { CommandToolbarButton }: ToolbarButtons,
  menu: MainMenu | null,
  palette: CommandPalette | null,
): void {
  const { commands } = app;
  const command = 'digits-site:share';
  commands.addCommand(command, {
    label: messages.share,
    caption: messages.shareCaption,
    isEnabled: () => tracker.currentWidget !== null,
    execute: async () => {
      const panel = tracker.currentWidget;
      if (!panel) return;
      const link = await linkTo(panel.context.path, panel.context.model.toJSON() as OwnNotebook);
      if (link.length > LONGEST) {
        const actions = [{ label: messages.download, callback: () => download(panel) }];
        const reason = messages.linkTooLong(link.length, LONGEST);
        notifications.emit(reason, 'warning', { autoClose: false, actions });
        return;
      }
      try {
        await navigator.clipboard.writeText(link);
        notifications.emit(messages.copied(link.length), 'success', { autoClose: 8_000 });
      } catch {
        await dialogs.getText({ title: messages.copyThis(link.length), text: link });
      }
    },
  });
  menu?.fileMenu.addGroup([{ command }], 5);
  palette?.addItem({ command, category: messages.lesson });
  tracker.widgetAdded.connect((_, { toolbar }) => {
    toolbar.addItem('digits-share', new CommandToolbarButton({ commands, id: command }));
  });

  const open = (hash: string) =>
    openLink(app, hash).catch(error => {
      const reason = error instanceof LinkError ? messages.linkFaults[error.fault] : messages.full;
      notifications.emit(reason, 'error', { autoClose: false });
    });
  // The app for small screens stands only once it shows a notebook.
  void (showsOneNotebook() ? app.started : app.restored).then(() => open(arrived));
  addEventListener('hashchange', () => open(location.hash));
}

/** Returns the link to a notebook: what differs from the site's own that it comes from, or all. */
async function linkTo(path: string, { cells, metadata }: OwnNotebook): Promise<string> {
  const present = await originals;
  const original = metadata.digits?.original ?? '';
  const name = Object.keys(present).find(own => own === path || present[own] === original) ?? path;
  const own = await ownCells(name);
  const parts = partsOf(
    cells.filter(({ id }) => id !== WARNING),
    own,
  );
  const end = await pack({ name: name.replace(/.*\//, ''), original: present[name] ?? '', parts });
  return `${root}${language}/lab/index.html${end}`;
}

/** Makes a notebook of a link a copy of the learner's own, which nothing trusts or runs, and opens it. */
async function openLink(app: JupyterFrontEnd, hash: string): Promise<void> {
  const shared = await unpack(hash);
  if (!shared) return;
  // Loaded again, the page is not to make another copy.
  history.replaceState(null, '', location.pathname + location.search);
  const { [shared.name]: original } = await originals;
  const own = await ownCells(shared.name);
  const cells = cellsOf(shared, own).map(({ id, cell_type, source }) => {
    const { metadata = {} } =
      own.find(cell => cell.id === id && cell.cell_type === cell_type) ?? {};
    const run = cell_type === 'code' ? { outputs: [], execution_count: null } : {};
    return { id, cell_type, metadata, source, ...run };
  });
  // It stands in the warning, too.
  const file = shared.name.replace(/\.ipynb$|[^\p{L}\p{N} ._()（）-]/gu, '').slice(0, 80);
  const path = await freeName(app, `${file}.ipynb`, messages.shared);
  const isOlder = original !== undefined && original !== shared.original;
  const source = messages.warning(path) + (isOlder ? messages.older : '');
  const warning = { id: WARNING, cell_type: 'markdown', metadata: {}, source };
  const kernelspec = { name: 'tslab', display_name: 'TypeScript', language: 'typescript' };
  await app.serviceManager.contents.save(path, {
    type: 'notebook',
    format: 'json',
    content: {
      cells: [warning, ...cells],
      metadata: { kernelspec, ...(original && { digits: { original } }) },
      nbformat: 4,
      nbformat_minor: 5,
    },
  });
  await openNotebook(app, path);
}

/** Returns the cells of a notebook that the site itself has under a name; none if it has no such notebook. */
async function ownCells(name: string): Promise<readonly OwnCell[]> {
  if (!(name in (await originals))) return [];
  const response = await fetch(`${root}files/${encodeURIComponent(name)}`);
  return ((await response.json()) as OwnNotebook).cells;
}
