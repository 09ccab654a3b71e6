import { readFileSync } from 'node:fs';
import { startBrowser } from './tools/publish/browser';
(async () => {
  const [out, ...files] = process.argv.slice(2) as [string, ...string[]];
  const b = await startBrowser();
  const page = await b.newPage({ viewport: { width: 400 * files.length, height: 1400 } });
  await page.setContent('<body style="margin:0;display:flex;gap:10px">' + files.map(f => `<img style="border-right:2px solid red" src="data:image/png;base64,${readFileSync(f).toString('base64')}">`).join(''));
  await page.screenshot({ path: out });
  await b.close();
})();
