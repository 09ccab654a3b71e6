/** Starts the browser that draws the saved figures and runs the tests: headless Chrome, Chromium or Edge. */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';
import { Failure } from '../project/failure.mjs';
import { writeWhole } from '../project/files';
import { projectRoot } from '../project/paths';
import { installedBrowsers } from '../project/platform.mjs';

/**
 * Starts a browser with a Chinese font: the program that `DIGITS_BROWSER` names, else an installed
 * Chrome, Chromium or Edge, else npm's `@sparticuz/chromium`. Close it after use.
 *
 * @throws Failure if none starts; its message lists what was tried.
 */
export async function startBrowser(more: readonly string[] = []): Promise<Browser> {
  const env = { ...process.env, ...(await fontEnvironment()) } as Record<string, string>;
  const tried: string[] = [];
  const named = process.env.DIGITS_BROWSER;
  for (const program of named ? [named] : [...installedBrowsers(), BUNDLED]) {
    try {
      const executablePath = program === BUNDLED ? await bundled() : program;
      // The sandbox does not start for root or in most containers, and only our own pages are opened.
      const options = { env, chromiumSandbox: false, args: ['--disable-gpu', ...more] };
      return await playwright.launch({ ...options, executablePath });
    } catch (error) {
      tried.push(`- ${program}: ${(error as Error).message.split('\n', 1)[0]}`);
    }
  }
  throw new Failure(
    `Expected a browser that can be started, but found none:\n${tried.join('\n')}\n` +
      'Install Chrome, Chromium or Edge, or name one in DIGITS_BROWSER, and try again.',
  );
}

/** npm's Chromium. */
const BUNDLED = '@sparticuz/chromium';

/**
 * Unpacks npm's Chromium, once; it is made for Linux on x64. By itself it would run the one in the temporary
 * folder, whichever account has put that there.
 */
async function bundled(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`made for Linux on x64, not for ${process.platform} on ${process.arch}`);
  }
  const folder = join(projectRoot, 'build', 'chromium');
  if (!existsSync(folder)) {
    const { default: chromium } = await import('@sparticuz/chromium');
    const { TMPDIR = '/tmp' } = process.env;
    const fresh = mkdtempSync(`${folder}.`);
    process.env.TMPDIR = fresh;
    const unpacked = chromium.executablePath(); // has asked for the folder by now
    process.env.TMPDIR = TMPDIR;
    await unpacked;
    try {
      renameSync(fresh, folder);
    } catch {
      rmSync(fresh, { recursive: true }); // another process was quicker
    }
  }
  return join(folder, 'chromium');
}

// A Chinese font, for a machine that has none installed. It is Noto Sans SC from npm, unpacked from
// WOFF2, which Chrome does not take as a system font.
const fontFolder = join(projectRoot, 'build', 'fonts');

/**
 * Returns the environment in which a browser on Linux finds the font, beside the system's own.
 * Elsewhere browsers do not ask fontconfig, and systems bring a Chinese font.
 */
async function fontEnvironment(): Promise<Record<string, string>> {
  if (process.platform !== 'linux') return {};
  const config = join(fontFolder, 'fonts.conf');
  if (!existsSync(config)) await install(config);
  return { FONTCONFIG_FILE: config };
}

async function install(config: string): Promise<void> {
  const { decompress }: { decompress(woff: Uint8Array): Promise<Uint8Array> } = require('wawoff2');
  const files = join(dirname(require.resolve('@fontsource/noto-sans-sc/400.css')), 'files');
  for (const subset of ['chinese-simplified', 'latin']) {
    for (const weight of [400, 700]) {
      const name = `noto-sans-sc-${subset}-${weight}-normal`;
      const woff = await readFile(join(files, `${name}.woff2`));
      writeWhole(join(fontFolder, `${name}.ttf`), await decompress(woff));
    }
  }
  const template = await readFile(join(__dirname, 'fonts.conf'), 'utf8');
  writeWhole(config, template.replaceAll('{folder}', fontFolder));
}
