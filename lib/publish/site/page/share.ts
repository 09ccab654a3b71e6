/** Creates and opens links that contain a notebook. */
import { freeName } from 'lab/extension/copies';
import { fetchOriginal, isPhoneApp, openNotebook, type SiteNotebook } from './copies';
import type { Page } from './jupyterlab';
import { language, messages, root } from './page';
import { diff, MARK, MAX_LENGTH, pack, restoreCells, unpack } from './share-link';
import { download } from './storage';

/** Dialog with a selected text field. */
interface InputDialog {
  getText(options: { title: string; text: string }): Promise<unknown>;
}

/** Id of the warning cell above a stranger's cells. */
const WARNING = 'digits-shared';

/** Read early, because JupyterLab consumes the fragment. */
const initialHash = location.hash;

/** Offers the link, also in the notebook toolbar (`config.yml`), and opens received links. */
export function shareLinks(
  { app, tracker, addCommand: offer, notify }: Page,
  dialog: InputDialog,
): void {
  offer('digits-site:share', {
    label: messages.share,
    caption: messages.shareCaption,
    isEnabled: () => tracker.currentWidget !== null,
    execute: async () => {
      if (!tracker.currentWidget) return;
      const { path, model } = tracker.currentWidget.context;
      const link = await linkTo(path, model.toJSON() as SiteNotebook);
      const { length } = link;
      if (length > MAX_LENGTH)
        return notify(messages.linkTooLong(length, MAX_LENGTH), 'warning', download);
      try {
        await navigator.clipboard.writeText(link);
        notify(messages.copied(length), 'success');
      } catch {
        await dialog.getText({ title: messages.copyThis(length), text: link });
      }
    },
  });
  /** Saves and opens the notebook of a link as an untrusted copy, which runs nothing. */
  const save = async (hash: string) => {
    const shared = await unpack(hash);
    if (!shared) return;
    const siteNotebook = shared.original ? await fetchOriginal(shared.name) : undefined;
    const cells = restoreCells(shared, siteNotebook?.cells ?? []);
    // Sanitize the name for display in the warning.
    const name = shared.name.replace(/\.ipynb$|[^\p{L}\p{N} ._()（）-]/gu, '').slice(0, 80);
    const path = await freeName(app.serviceManager.contents, `${name}.ipynb`, messages.shared);
    const digits = siteNotebook?.metadata.digits;
    const isOlder = digits && digits.original !== shared.original;
    const source = messages.warning(path) + (isOlder ? messages.older : '');
    const warning = { id: WARNING, cell_type: 'markdown', metadata: {}, source };
    const kernelspec = { name: 'tslab', display_name: 'TypeScript', language: 'typescript' };
    const metadata = { kernelspec, ...(digits && { digits }) };
    const content = { cells: [warning, ...cells], metadata, nbformat: 4, nbformat_minor: 5 };
    try {
      await app.serviceManager.contents.save(path, { type: 'notebook', format: 'json', content });
    } catch {
      return notify(messages.full, 'error');
    }
    // Avoid another copy when the page is reloaded.
    history.replaceState(null, '', location.pathname + location.search);
    await openNotebook(app, path);
  };
  const open = (hash: string) => save(hash).catch(() => notify(messages.brokenLink, 'error'));
  // The app for small screens is restored only after it shows a notebook.
  void (isPhoneApp() ? app.started : app.restored).then(async () => {
    await open(initialHash);
    if (!initialHash.startsWith(MARK) || !app.shell.collapseLeft) return;
    // The learner came for this notebook, not for the launcher and the file browser.
    app.shell.collapseLeft();
    for (const widget of app.shell.widgets('main')) {
      if (widget.id.startsWith('launcher')) widget.close();
    }
  });
  // JupyterLab would route to the notebook in the URL at the same time.
  const stopRouting = (event: Event) =>
    location.hash.startsWith(MARK) && event.stopImmediatePropagation();
  addEventListener('popstate', stopRouting, { capture: true });
  addEventListener('hashchange', () => open(location.hash));
}

/** Returns the link to a notebook. Contains only differences if the notebook is a copy of the site's. */
async function linkTo(path: string, { cells, metadata }: SiteNotebook): Promise<string> {
  const name = metadata.digits?.name ?? path.replace(/^.*\//s, '');
  const siteNotebook = metadata.digits && (await fetchOriginal(name));
  const ownCells = cells.filter(({ id }) => id !== WARNING);
  const parts = diff(ownCells, siteNotebook?.cells ?? []);
  const end = await pack({ name, original: siteNotebook?.metadata.digits?.original ?? '', parts });
  return `${root}${language}/lab/index.html${end}`;
}
