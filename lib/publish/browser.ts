/** Starts a headless Chrome, Chromium or Edge to draw figures and run tests. */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeWhole } from 'command/machine/files';
import { projectRoot } from 'command/machine/paths';
import { onPath } from 'command/machine/platform.mjs';
import { Failure } from 'command/output/failure.mjs';
import { type Browser, chromium as playwright } from 'playwright-core';

/**
 * Starts a browser with a Chinese font: `DIGITS_BROWSER`, else an installed Chrome, Chromium or Edge, else npm's
 * `@sparticuz/chromium`. The caller closes the browser. Throws a Failure listing the attempts, if no browser starts.
 */
export async function startBrowser(extraArgs: readonly string[] = []): Promise<Browser> {
  const env = { ...process.env, ...(await fontEnvironment()) } as Record<string, string>;
  const attempts: string[] = [];
  const requested = process.env.DIGITS_BROWSER;
  const installed = [...CHANNELS, onPath(['chromium', 'chromium-browser']) ?? []].flat();
  for (const program of requested ? [requested] : [...installed, BUNDLED]) {
    try {
      const location = CHANNELS.includes(program)
        ? { channel: program }
        : { executablePath: program === BUNDLED ? await unpackChromium() : program };
      // The sandbox fails for root and in most containers. It is not needed: the browser opens only this project's
      // pages.
      const options = { env, chromiumSandbox: false, args: ['--disable-gpu', ...extraArgs] };
      return await playwright.launch({ ...options, ...location });
    } catch (error) {
      attempts.push(`- ${program}: ${(error as Error).message.split('\n', 1)[0]}`);
    }
  }
  throw new Failure(
    `Expected a browser that can be started, but found none:\n${attempts.join('\n')}\n` +
      'Install Chrome, Chromium or Edge, or name one in DIGITS_BROWSER, and try again.',
  );
}

/** Playwright's names of Chrome and Edge, which it finds at their usual places. */
const CHANNELS = ['chrome', 'msedge'];

/** npm package with a Chromium. */
const BUNDLED = '@sparticuz/chromium';

/** Unpacks npm's Chromium into the project. Other accounts could replace files in its default, temporary folder. */
async function unpackChromium(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`made for Linux on x64, not for ${process.platform} on ${process.arch}`);
  }
  const folder = join(projectRoot, 'build', 'chromium');
  if (!existsSync(folder)) {
    const { default: chromium } = await import('@sparticuz/chromium');
    const { TMPDIR = '/tmp' } = process.env;
    const temporary = mkdtempSync(`${folder}.`);
    process.env.TMPDIR = temporary;
    const extraction = chromium.executablePath(); // reads TMPDIR synchronously
    process.env.TMPDIR = TMPDIR;
    await extraction;
    try {
      renameSync(temporary, folder);
    } catch {
      rmSync(temporary, { recursive: true }); // another process was faster
    }
  }
  return join(folder, 'chromium');
}

// A Chinese font for machines without one: Noto Sans SC from npm, converted from WOFF2, which Chrome does not accept
// as a system font.
const fontFolder = join(projectRoot, 'build', 'fonts');

/** Returns variables that add the font on Linux. Other systems include a Chinese font. */
async function fontEnvironment(): Promise<Record<string, string>> {
  if (process.platform !== 'linux') return {};
  const config = join(fontFolder, 'fonts.conf');
  if (!existsSync(config)) await installFont(config);
  return { FONTCONFIG_FILE: config };
}

async function installFont(config: string): Promise<void> {
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
