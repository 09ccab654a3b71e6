import { choiceOf, isNeeded, keep, siteAt } from '../offline/keep';
import type { CommandPalette, JupyterFrontEnd, MainMenu } from './jupyterlab';
import { language, messages, root } from './page';

/** The page is left alone for so long first. */
const REST = 2_000; // milliseconds

/** Keeps, while the page stands idle, what the lesson needs to open and run without a network in this language. */
async function keepLesson(): Promise<void> {
  const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  if (saving || !('serviceWorker' in navigator) || !('caches' in window)) return;
  await navigator.serviceWorker.ready;
  await new Promise(settle => setTimeout(settle, REST));
  const isWhole = localStorage.getItem(choiceOf(root));
  const site = await siteAt(root);
  await keep(root, site, file => Boolean(isWhole) || isNeeded(language, file));
  document.documentElement.dataset.keptOffline = site.build;
}

/** Offers, in the File menu and the palette, to keep the whole site, which is done on the index. */
export function offerWhole(
  { commands, restored }: JupyterFrontEnd,
  menu: MainMenu | null,
  palette: CommandPalette | null,
): void {
  const command = 'digits-site:keep-whole';
  commands.addCommand(command, {
    label: messages.offline.open,
    execute: () => void open(`${root}index.html?lang=${language}`),
  });
  menu?.fileMenu.addGroup([{ command }], 5);
  palette?.addItem({ command, category: messages.lesson });
  void restored.then(keepLesson);
}
