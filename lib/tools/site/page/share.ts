/** A link that holds a notebook, for others; and what becomes of one that somebody opens. */
import { freeName, type OwnNotebook, openNotebook, ownNotebook, showsOneNotebook } from './copies';
import type { Page } from './jupyterlab';
import { language, messages, root } from './page';
import { cellsOf, LONGEST, pack, partsOf, unpack } from './share-link';
import { download } from './storage';

/** Asks for a text, which it shows, selected. */
interface InputDialog {
  getText(options: { title: string; text: string }): Promise<unknown>;
}

/** The cell that stands above what somebody else has written. */
const WARNING = 'digits-shared';

/** Read before JupyterLab takes what is behind `#` for its own. */
const arrived = location.hash;

/** Offers the link, also over each notebook (`config.yml`); and opens one. */
export function shareLinks({ app, tracker, offer, tell }: Page, dialog: InputDialog): void {
  offer('digits-site:share', {
    label: messages.share,
    caption: messages.shareCaption,
    isEnabled: () => tracker.currentWidget !== null,
    execute: async () => {
      if (!tracker.currentWidget) return;
      const { path, model } = tracker.currentWidget.context;
      const link = await linkTo(path, model.toJSON() as OwnNotebook);
      const { length } = link;
      if (length > LONGEST) return tell(messages.linkTooLong(length, LONGEST), 'warning', download);
      try {
        await navigator.clipboard.writeText(link);
        tell(messages.copied(length), 'success');
      } catch {
        await dialog.getText({ title: messages.copyThis(length), text: link });
      }
    },
  });
  /** Makes what a link holds a copy of the learner's own, whose cells nothing trusts or runs, and opens it. */
  const save = async (hash: string) => {
    const shared = await unpack(hash);
    if (!shared) return;
    const own = shared.original ? await ownNotebook(shared.name) : undefined;
    const cells = cellsOf(shared, own?.cells ?? []);
    // It stands in the warning, too.
    const name = shared.name.replace(/\.ipynb$|[^\p{L}\p{N} ._()（）-]/gu, '').slice(0, 80);
    const path = await freeName(app, `${name}.ipynb`, messages.shared);
    const digits = own?.metadata.digits;
    const isOlder = digits && digits.original !== shared.original;
    const source = messages.warning(path) + (isOlder ? messages.older : '');
    const warning = { id: WARNING, cell_type: 'markdown', metadata: {}, source };
    const kernelspec = { name: 'tslab', display_name: 'TypeScript', language: 'typescript' };
    const metadata = { kernelspec, ...(digits && { digits }) };
    const content = { cells: [warning, ...cells], metadata, nbformat: 4, nbformat_minor: 5 };
    // Loaded again, the page is not to make another copy.
    history.replaceState(null, '', location.pathname + location.search);
    await app.serviceManager.contents
      .save(path, { type: 'notebook', format: 'json', content })
      .then(
        () => openNotebook(app, path),
        () => tell(messages.full, 'error'),
      );
  };
  const open = (hash: string) => save(hash).catch(() => tell(messages.brokenLink, 'error'));
  // The app for small screens stands only once it shows a notebook.
  void (showsOneNotebook() ? app.started : app.restored).then(() => open(arrived));
  addEventListener('hashchange', () => open(location.hash));
}

/** Returns the link to a notebook: what differs from the site's own that it comes from, or all. */
async function linkTo(path: string, { cells, metadata }: OwnNotebook): Promise<string> {
  const name = metadata.digits?.name ?? path.replace(/^.*\//s, '');
  const own = metadata.digits && (await ownNotebook(name));
  const written = cells.filter(({ id }) => id !== WARNING);
  const parts = partsOf(written, own?.cells ?? []);
  const end = await pack({ name, original: own?.metadata.digits?.original ?? '', parts });
  return `${root}${language}/lab/index.html${end}`;
}
