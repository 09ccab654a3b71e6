/** Manages a learner's edited notebooks. JupyterLite shows them instead of the site's, even instead of newer ones. */
import { freeName } from 'lab/extension/copies';
import type { JupyterFrontEnd, Origin, Page } from './jupyterlab';
import { messages, root } from './page';
import type { Cell } from './share-link';

export interface SiteNotebook {
  readonly cells: readonly Cell[];
  readonly metadata: { readonly digits?: Origin };
}

/** Returns the site's notebook of this name, or `undefined` if there is none or the site is unreachable. */
export async function fetchOriginal(name: string): Promise<SiteNotebook | undefined> {
  const response = await fetch(`${root}files/${name}`).catch(() => undefined);
  return response?.ok ? response.json() : undefined;
}

/** Offers newer notebooks, and a command that restores an original. */
export function manageCopies({ app, tracker, addCommand: offer, notify }: Page): void {
  const { contents } = app.serviceManager;
  const commandId = 'digits-site:original';
  const current = () => tracker.currentWidget?.context.path ?? '';
  offer(commandId, {
    label: messages.restore,
    isEnabled: () => tracker.currentWidget?.context.model.getMetadata('digits')?.name === current(),
    /** Renames the learner's copy and opens the site's notebook. */
    execute: async ({ path = current() }) => {
      const context = tracker.find(panel => panel.context.path === path)?.context;
      if (!context) return;
      await context.save();
      await contents.rename(path, await freeName(contents, path, messages.mine));
      await openNotebook(app, path);
    },
  });
  tracker.widgetAdded.connect(async (_, { context }) => {
    await context.ready;
    const { path, model } = context;
    const origin = model.getMetadata('digits');
    if (origin?.name !== path) return;
    const original = (await fetchOriginal(path))?.metadata.digits?.original;
    if (!original || original === origin.original) return;
    const copyName = await freeName(contents, path, messages.mine);
    const action = { label: messages.openNewer, commandId, args: { path } };
    notify(messages.newer(path, copyName), 'info', action);
  });
}

/** Returns whether this is the app for small screens, which shows one notebook per page. */
export const isPhoneApp = (): boolean => document.body.dataset.notebook === 'notebooks';

export async function openNotebook({ commands }: JupyterFrontEnd, path: string): Promise<void> {
  if (isPhoneApp()) location.search = `?path=${encodeURIComponent(path)}`;
  else await commands.execute('docmanager:open', { path });
}
