import type { JupyterFrontEnd, Page } from './jupyterlab';
import { language, root } from './page';
import { onShown } from './tabs';

/** Rewrites the notebook app's links, which open URLs of a Jupyter server in new windows, to pages of the site. */
export function rewriteLinks({ restored }: JupyterFrontEnd): void {
  const open = window.open.bind(window);
  window.open = (url, ...rest) => open(url && siteUrl(String(url)), ...rest);
  const index = `${root}index.html?lang=${language}`;
  void restored.then(() => document.querySelector('#jp-NotebookLogo')?.setAttribute('href', index));
}

/** Returns the site's page for a Jupyter server URL, or other URLs unchanged. */
function siteUrl(address: string): string {
  const url = new URL(address, location.href);
  const relativePath = url.href.startsWith(root) ? url.href.slice(root.length) : '';
  const [, app, file] =
    /^(tree|notebooks|edit|lab)(?:\/([^?#]*))?(?:[?#]|$)/.exec(relativePath) ?? [];
  if (!app) return address;
  const path = url.searchParams.get('path') ?? decodeURIComponent(file ?? '');
  if (/^GLOSSARY\.\w+\.md$/.test(path)) return `${root}pages/glossary.${language}.html`;
  const appName = path.endsWith('.ipynb') && app !== 'lab' ? 'notebooks' : 'lab';
  const query = path ? `?path=${encodeURIComponent(path)}` : '';
  return `${root}${language}/${appName}/index.html${query}${url.hash}`;
}

/**
 * Keeps the notebook's name in the page's URL, for reloads and bookmarks, and one history entry per page, so that Back
 * leaves the lesson. JupyterLab would push further entries, and remove the name.
 */
export function keepHistory(page: Page): void {
  history.pushState = history.replaceState;
  onShown(page, panel => {
    const url = new URL(location.href);
    if (!panel || url.searchParams.get('path') === panel.context.path) return;
    url.searchParams.set('path', panel.context.path);
    history.replaceState(history.state, '', url);
  });
}
