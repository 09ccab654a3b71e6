import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from 'digits/language';
import { browserScript } from 'lab/browser-script';
import { catalogue } from './catalogue';
import type { ReportData } from './page/context';

/**
 * Returns the report as a single self-contained page.
 *
 * @param language the initial language; default: the reader's
 */
export function reportPage(data: Omit<ReportData, 'catalogue'> = {}, language?: Language): string {
  const page = join(__dirname, 'page');
  const script = browserScript(join(page, 'page.ts'), { format: 'esm' });
  const json = JSON.stringify({ ...data, catalogue: catalogue() } satisfies ReportData);
  return readFileSync(join(page, 'report.html'), 'utf8')
    .replace('<!-- script -->', () => `<script type="module">${script}</script>`)
    .replace('>null<', () => `>${json.replaceAll('<', '\\u003c')}<`)
    .replace('<script>', language ? `<script data-language="${language}">` : '<script>');
}

// The page of the website, for hand-ins that the reader chooses.
export { reportPage as page };
