/** The content security policy of the site's pages. */

/**
 * All comes from the site itself. JupyterLab compiles the validators of its settings and the cells
 * are compiled by the kernel, so `eval` and WebAssembly are allowed; outputs such as the pad bring
 * scripts of their own; pictures are saved in notebooks as data.
 */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "media-src 'self' data: blob:",
  "connect-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "frame-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const META = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;

/**
 * Puts the policy into a page, before all that it could forbid. A page that has a stricter one of its
 * own keeps that, too: browsers hold a page to both.
 */
export function withPolicy(html: string): string {
  if (!/<head>/i.test(html)) throw new Error('Expected a page with <head>.');
  return html.replace(/<head>/i, `<head>\n${META}`);
}
