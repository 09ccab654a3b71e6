/**
 * Brings a Chinese font for the browser that draws and tests, on a machine that has none installed.
 * It is Noto Sans SC from npm, unpacked from WOFF, which Chrome does not take as a system font.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { writeWhole } from '../project/files';
import { projectRoot } from '../project/paths';

const folder = join(projectRoot, 'build', 'fonts');

/**
 * Returns the environment in which a browser on Linux finds the font, beside the system's own.
 * Elsewhere browsers do not ask fontconfig, and systems bring a Chinese font.
 */
export async function fontEnvironment(): Promise<Record<string, string>> {
  if (process.platform !== 'linux') return {};
  const config = join(folder, 'fonts.conf');
  if (!existsSync(config)) await install(config);
  return { FONTCONFIG_FILE: config };
}

async function install(config: string): Promise<void> {
  const files = join(dirname(require.resolve('@fontsource/noto-sans-sc/400.css')), 'files');
  for (const subset of ['chinese-simplified', 'latin']) {
    for (const weight of [400, 700]) {
      const name = `noto-sans-sc-${subset}-${weight}-normal`;
      const woff = await readFile(join(files, `${name}.woff`));
      writeWhole(join(folder, `${name}.ttf`), unpackWoff(woff));
    }
  }
  writeWhole(config, fontsConf);
}

// The Chinese files call their family "Noto Sans SC Thin", whatever their weight.
const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
  <match target="scan">
    <test name="family"><string>Noto Sans SC Thin</string></test>
    <edit name="family" mode="assign"><string>Noto Sans SC</string></edit>
  </match>
</fontconfig>
`;

/**
 * Takes the font out of a WOFF 1.0 file: the same tables, inflated.
 *
 * @see https://www.w3.org/TR/WOFF/, sections 3 to 5
 */
function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('Expected a WOFF 1.0 file.');
  const count = woff.readUInt16BE(12);
  const directory = Buffer.alloc(12 + 16 * count);
  woff.copy(directory, 0, 4, 8);
  const entries = Math.floor(Math.log2(count));
  directory.writeUInt16BE(count, 4);
  directory.writeUInt16BE(16 << entries, 6);
  directory.writeUInt16BE(entries, 8);
  directory.writeUInt16BE(16 * count - (16 << entries), 10);

  const parts: Buffer[] = [directory];
  let offset = directory.length;
  for (let i = 0; i < count; i++) {
    const [from, to] = [44 + 20 * i, 12 + 16 * i];
    const word = (at: number) => woff.readUInt32BE(from + at);
    const [start, packed, length] = [word(4), word(8), word(12)];
    const body = woff.subarray(start, start + packed);
    const table = packed < length ? inflateSync(body) : body;
    woff.copy(directory, to, from, from + 4);
    woff.copy(directory, to + 4, from + 16, from + 20);
    directory.writeUInt32BE(offset, to + 8);
    directory.writeUInt32BE(length, to + 12);
    const padding = Buffer.alloc(-length & 3);
    parts.push(table, padding);
    offset += length + padding.length;
  }
  return Buffer.concat(parts);
}
