/** The build of a small separate project with the packages of this project. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../lib/command/machine/paths';
import { files } from '../../lib/kernel/build.json';
import { temporaryFolder } from '../folder';

/** The sources that are built by name; the content of other sources does not matter. */
const SOURCES: Record<string, string> = {
  ...Object.fromEntries(
    files.map(([name, , source]) => [`${name}/${source}`, 'export const a = 1;']),
  ),
  'mnist-data-loader/index.ts': 'export const loader = 1, mnist = 2;',
  'digits/index.ts': '/** Says it. */\nexport const say = (word: string): string => word + " 1";',
};

describe('the build of the packages', () => {
  let folder: string;
  const path = (name: string) => join(folder, 'lib', name);
  const write = (name: string, text: string) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
  };
  const contentOf = (name: string) => readFileSync(path(name), 'utf8');
  /** Refreshes the build in a separate process; returns whether a build ran, or the error. */
  const refresh = () => {
    const code = `try { console.log(require('./build.cjs').refresh()); } catch (error) { console.log(error.message); }`;
    const options = { cwd: path('kernel'), encoding: 'utf8' } as const;
    return execFileSync(process.execPath, ['-e', code], options).trim();
  };

  before(() => {
    folder = temporaryFolder();
    for (const [name, text] of Object.entries(SOURCES)) write(name, text);
    for (const file of ['kernel/build.cjs', 'kernel/build.json']) {
      copyFileSync(join(projectRoot, 'lib', file), path(file));
    }
    symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  });

  it('makes JavaScript and declarations, once', () => {
    assert.equal(refresh(), 'true');
    const code = `console.log(require('./digits/dist/index.js').say('so'))`;
    const options = { cwd: join(folder, 'lib'), encoding: 'utf8' } as const;
    assert.equal(execFileSync(process.execPath, ['-e', code], options), 'so 1\n');
    assert.match(
      contentOf('digits/dist/index.d.ts'),
      /Says it[\s\S]*say: \(word: string\) => string/,
    );
    assert.match(contentOf('digits/dist/pad.js'), /^(?:"use strict";)?var digitPart=/);
    assert.match(contentOf('tfjs-graph/dist/index.mjs'), /export \* from '.\/index.js'/);
    assert.equal(refresh(), 'false');
  });

  it('follows a source that was edited, and one that has gone', () => {
    write('digits/index.ts', 'export const say = (count: number) => count;');
    assert.equal(refresh(), 'true');
    assert.match(contentOf('digits/dist/index.d.ts'), /say: \(count: number\) => number/);
    write('digits/more.ts', 'export {};');
    assert.equal(refresh(), 'true');
    rmSync(path('digits/more.ts'));
    assert.equal(refresh(), 'true');
    assert.equal(refresh(), 'false');
  });

  it('follows a source whatever the clock said', () => {
    const now = Date.now() / 1000;
    for (const time of [now + 1e7, now - 1e7]) {
      utimesSync(path('digits/index.ts'), time, time);
      assert.equal(refresh(), 'true');
      assert.equal(refresh(), 'false');
    }
  });

  it('takes what another clone has built of the same, if that can be read', () => {
    write('../package-lock.json', '{}');
    const cache = temporaryFolder();
    const cacheFile = join(cache, 'lesson-code.json');
    const build = () => {
      execFileSync(process.execPath, [path('kernel/build.cjs'), cache]);
      return contentOf('digits/dist/index.js');
    };
    const built = build();
    writeFileSync(cacheFile, readFileSync(cacheFile, 'utf8').replaceAll('say', 'tell'));
    assert.equal(build(), built.replaceAll('say', 'tell'));
    writeFileSync(cacheFile, '{');
    assert.equal(build(), built);
    write('digits/index.ts', 'export const say = 2;');
    assert.match(build(), /say = 2/);
  });

  it('says where a source cannot be read, and builds once it can', () => {
    write('digits/index.ts', 'export const say = (;');
    assert.match(refresh(), /digits\/index\.ts:1:\d+: ERROR: Unexpected ";"/);
    write('digits/index.ts', 'export const say = 1;');
    assert.equal(refresh(), 'true');
  });
});
