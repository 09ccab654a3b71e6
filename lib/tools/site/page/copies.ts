/**
 * A learner's copies of the lesson. What one saves lies in the browser and hides the site's own
 * notebook, also when that is renewed; no copy is ever overwritten.
 */
import type { JupyterFrontEnd, Origin, Page } from './jupyterlab';
import { messages, root } from './page';
import type { Cell } from './share-link';

export interface OwnNotebook {
  readonly cells: readonly Cell[];
  readonly metadata: { readonly digits?: Origin };
}

/** Returns a notebook of the site itself, as it is today. */
export const ownNotebook = async (name: string): Promise<OwnNotebook> =>
  (await fetch(`${root}files/${name}`)).json();

/** Offers newer notebooks, and a command that brings an original back. */
export function manageCopies({ app, tracker, offer, tell }: Page): void {
  const commandId = 'digits-site:original';
  const current = () => tracker.currentWidget?.context.path ?? '';
  offer(commandId, {
    label: messages.restore,
    isEnabled: () => tracker.currentWidget?.context.model.getMetadata('digits')?.name === current(),
    /** Gives the learner's copy a name of its own, and opens what the site has under the old one. */
    execute: async ({ path = current() }) => {
      const context = tracker.find(panel => panel.context.path === path)?.context;
      if (!context) return;
      await context.save();
      await app.serviceManager.contents.rename(path, await freeName(app, path, messages.mine));
      await openNotebook(app, path);
    },
  });
  tracker.widgetAdded.connect(async (_, { context }) => {
    await context.ready;
    const { path, model } = context;
    const from = model.getMetadata('digits');
    if (from?.name !== path) return;
    const { digits } = (await ownNotebook(path)).metadata;
    if (digits?.original === from.original) return;
    const mine = await freeName(app, path, messages.mine);
    tell(messages.newer(path, mine), 'info', {
      label: messages.openNewer,
      commandId,
      args: { path },
    });
  });
}

/** Whether this is the app for small screens, which shows one notebook a page. */
export const showsOneNotebook = (): boolean => document.body.dataset.notebook === 'notebooks';

/** Opens a notebook in the app that the page is. */
export async function openNotebook({ commands }: JupyterFrontEnd, path: string): Promise<void> {
  if (showsOneNotebook()) location.search = `?path=${encodeURIComponent(path)}`;
  else await commands.execute('docmanager:open', { path });
}

/** Returns a name for a copy that nothing has yet, such as `lesson.en (mine).ipynb`. */
export async function freeName(
  { serviceManager }: JupyterFrontEnd,
  path: string,
  mark: (count: string) => string,
): Promise<string> {
  for (let number = 1; ; number++) {
    const name = path.replace(/\.ipynb$/, `${mark(number > 1 ? ` ${number}` : '')}.ipynb`);
    const taken = serviceManager.contents.get(name, { content: false });
    if (!(await taken.catch(() => false))) return name;
  }
}
