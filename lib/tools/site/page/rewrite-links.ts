import type { JupyterFrontEnd } from './jupyterlab';
import { language, root } from './page';

/**
 * Leads the notebook app's links to what the site has: it opens notebooks, files and JupyterLab in
 * windows of their own, at the addresses of a Jupyter server.
 */
export function rewriteLinks({ restored }: JupyterFrontEnd): void {
  const open = window.open.bind(window);
  window.open = (url, ...rest) => open(url && onSite(String(url)), ...rest);
  const index = `${root}index.html?lang=${language}`;
  void restored.then(() => document.querySelector('#jp-NotebookLogo')?.setAttribute('href', index));
}

/** The page of the site for an address of a Jupyter server; all others stay as they are. */
function onSite(address: string): string {
  const url = new URL(address, location.href);
  const below = url.href.startsWith(root) ? url.href.slice(root.length) : '';
  const [, app, file] = /^(tree|notebooks|edit|lab)(?:\/([^?#]*))?(?:[?#]|$)/.exec(below) ?? [];
  if (!app) return address;
  const path = url.searchParams.get('path') ?? decodeURIComponent(file ?? '');
  if (/^GLOSSARY\.\w+\.md$/.test(path)) return `${root}pages/glossary.${language}.html`;
  const own = path.endsWith('.ipynb') && app !== 'lab' ? 'notebooks' : 'lab';
  const query = path ? `?path=${encodeURIComponent(path)}` : '';
  return `${root}${language}/${own}/index.html${query}${url.hash}`;
}
