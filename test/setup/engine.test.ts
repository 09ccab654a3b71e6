import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readOptions } from '../../lib/setup/options.mjs';
import { interpreterOf } from '../../lib/setup/python';
import { siteOf } from '../../lib/setup/setup';
import { addonFile } from '../../lib/setup/steps/addon';
import { killGroup, Project, until } from './project';

/** The RUNPATH of an ELF file for x64: entry 29 of its dynamic section, in the string table. */
function runPath(file: string): string {
  const elf = readFileSync(file);
  const at = (offset: number) => Number(elf.readBigUInt64LE(offset));
  const sections = Array.from({ length: elf.readUInt16LE(60) }, (_, i) => {
    const header = at(40) + i * elf.readUInt16LE(58);
    return {
      type: elf.readUInt32LE(header + 4),
      offset: at(header + 24),
      size: at(header + 32),
      link: elf.readUInt32LE(header + 40),
    };
  });
  const dynamic = sections.find(({ type }) => type === 6);
  if (!dynamic) return '';
  const strings = sections[dynamic.link].offset;
  for (let entry = dynamic.offset; entry < dynamic.offset + dynamic.size; entry += 16) {
    if (at(entry) !== 29) continue;
    const start = strings + at(entry + 8);
    return elf.toString('utf8', start, elf.indexOf(0, start));
  }
  return '';
}

/** Adds two numbers with an addon, in a process of its own. */
function compute(addon: string): string {
  const script = `
    const util = require('node:util');
    util.isNullOrUndefined ??= value => value == null;
    util.isArray ??= Array.isArray;
    const tf = require(process.argv[1]);
    console.log(tf.getBackend(), tf.add(1, 2).dataSync()[0]);`;
  const tfjs = join(dirname(addon), '..', '..');
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
  return execFileSync(process.execPath, ['-e', script, tfjs], { env, encoding: 'utf8' }).trim();
}

describe('the native engine', function () {
  this.timeout(300_000); // one test fetches a compiler and compiles with it

  let project: Project;
  let addon: string;
  let wheel: string;
  before(async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    const python = await interpreterOf(siteOf(readOptions('test', [])).python);
    wheel = realpathSync(join(python?.packages ?? '', 'tensorflow'));
    project = new Project();
    await project.linkedVenv();
    const tfjs = join('node_modules', '@tensorflow', 'tfjs-node-gpu');
    addon = join(project.root, tfjs, 'lib', 'napi-v8', 'tfjs_binding.node');
  });
  after(() => project?.remove());

  const everything = { PATH: process.env.PATH ?? '', DIGITS_GPU: '0' };

  it('of this project finds its library in the wheel’s own folder', () => {
    equal(runPath(addonFile()), wheel);
  });

  it('is not left half-made by a compiler that is killed, and is made by the next set-up', async () => {
    const half = `require('node:fs').writeFileSync(process.argv.at(-1), 'half'); setInterval(() => {}, 1000);`;
    const script = `if (process.argv[2] !== '--version') { ${half} }`;
    const CXX = project.program('slow-compiler', script);
    const { child } = project.start('setup', [], { ...everything, CXX });
    await until(() => existsSync(dirname(addon)) && readdirSync(dirname(addon)).length > 0);
    killGroup(child.pid ?? 0);
    equal(existsSync(addon), false);

    const { code, output } = await project.run('setup', [], everything);
    equal(code, 0, output);
    deepEqual(readdirSync(dirname(addon)), ['digits-addon.json', 'tfjs_binding.node']);
    equal(compute(addon), 'tensorflow 3');
  });

  it('has the run path free of the symlinks by which the environment names it', () => {
    equal(runPath(addon), wheel);
  });

  it('is compiled once', async () => {
    const before = statSync(addon).mtimeMs;
    equal((await project.run('setup', [], everything)).code, 0);
    equal(statSync(addon).mtimeMs, before);
  });

  it('is compiled by ziglang where there is no C++ compiler', async () => {
    rmSync(addon);
    const { code, output } = await project.run('setup', [], { DIGITS_GPU: '0' });
    equal(code, 0, output);
    match(output, /native engine: ziglang/);
    equal(compute(addon), 'tensorflow 3');
    equal(runPath(addon), wheel);
  });

  it('names both troubles where there is no compiler and no network to fetch one', async () => {
    rmSync(addon);
    const offline = {
      PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
      PIP_RETRIES: '1',
      DIGITS_GPU: '0',
    };
    const { code, output } = await project.run('setup', [], offline);
    equal(code, 1);
    match(
      output,
      /no working C\+\+ compiler here \(sudo apt install g\+\+ brings one\), and fetching ziglang/,
    );
    match(output, /The network could not be reached/);
    ok(!existsSync(addon));
  });
});
