import { pathToFileURL } from 'node:url';
import { startBrowser } from './tools/publish/browser';
(async () => {
  const [file, name, scheme] = process.argv.slice(2) as [string, string, 'dark' | 'light'];
  const b = await startBrowser();
  for (const w of [390, 800, 1280]) {
    const ctx = await b.newContext({ viewport: { width: w, height: 1400 }, colorScheme: scheme });
    const page = await ctx.newPage();
    await page.goto(pathToFileURL(file).href, { waitUntil: 'networkidle' });
    let n = 0;
    for (let y = 0; y < ((await page.evaluate('document.documentElement.scrollHeight')) as number); y += 1400) {
      await page.evaluate(`window.scrollTo(0, ${y})`);
      await page.waitForTimeout(700);
      await page.screenshot({ path: `/tmp/shots/${name}-${w}-${String(n++).padStart(2, '0')}.png` });
    }
    await ctx.close();
  }
  await b.close();
})();
