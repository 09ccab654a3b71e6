/** Serves the site on this machine, until Ctrl+C. */
import type { Language } from '../project/failure.mjs';
import { freePort } from '../project/free-port';
import { startServer } from './server';

/**
 * Serves a folder at 127.0.0.1 and prints the address; a taken port moves on to the next.
 *
 * @returns when Ctrl+C has ended it.
 */
export async function serveSite(folder: string, wanted: number, language: Language): Promise<void> {
  const say = (en: string, zh: string) => console.log(language === 'zh' ? zh : en);
  const port = await freePort(wanted);
  if (port !== wanted)
    say(`Port ${wanted} is taken; using ${port}.`, `端口 ${wanted} 已被占用，改用 ${port}。`);
  const server = await startServer(folder, port);
  const address = `http://127.0.0.1:${port}/`;
  say(`\nThe site: ${address}\n\nCtrl+C ends it.`, `\n网站地址：${address}\n\n按 Ctrl+C 结束。`);
  await new Promise<void>(settle => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => settle());
  });
  await server.stop();
}
