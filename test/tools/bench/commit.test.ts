import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { peerOf } from '../../../lib/tools/bench/against';
import { setUpCommit } from '../../../lib/tools/bench/commit';
import type { Problem } from '../../../lib/tools/bench/problems';
import { projectRoot } from '../../../lib/tools/project/paths';
import { put, temporaryFolder } from '../../folder';

describe('a commit to compare with', () => {
  const root = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: root,
      encoding: 'utf8',
    }).trim();
  const commit = (version: string, setup: string): string => {
    put(root, [
      ['version', version],
      ['package.json', JSON.stringify({ scripts: { setup } })],
    ]);
    git('add', '.');
    git('commit', '--quiet', '-m', version);
    return git('rev-parse', 'HEAD');
  };
  const SETUP = `node -e "fs.appendFileSync('ran', 'once ')"`;
  const hashes: string[] = [];

  before(() => {
    git('init', '--quiet', '--initial-branch', 'main');
    for (const version of ['1', '2', '3', '4']) hashes.push(commit(version, SETUP));
    git('tag', 'v2', hashes[1] as string);
  });

  const setUp = (ref: string, cache: string) => setUpCommit(ref, () => {}, root, cache);

  it('is set up by its own set-up, whatever its name, and is reused', async () => {
    const cache = temporaryFolder();
    for (const ref of ['v2', 'main~2', `${hashes[1]?.slice(0, 9)}`]) {
      const { name, folder } = await setUp(ref, cache);
      deepEqual([name, folder], [hashes[1]?.slice(0, 8), join(cache, hashes[1] as string)]);
    }
    const folder = join(cache, hashes[1] as string);
    equal(
      execFileSync('cat', ['version', 'ran'], { cwd: folder, encoding: 'utf8' }),
      '2once once once ',
    );
  });

  it('stays in the cache until three others were used later', async () => {
    const cache = temporaryFolder();
    for (const [i, hash] of hashes.slice(0, 3).entries()) {
      const { folder } = await setUp(hash, cache);
      utimesSync(folder, i, i);
    }
    await setUp(hashes[0] as string, cache);
    await setUp(hashes[3] as string, cache);
    deepEqual(readdirSync(cache).sort(), [0, 2, 3].map(i => hashes[i]).sort());
  });

  it('is asked for again if it does not exist', async () => {
    const cache = temporaryFolder();
    for (const ref of ['nowhere', 'HEAD~30', '', '^HEAD', 'HEAD:version', '--all']) {
      await rejects(setUp(ref, cache), ({ name, message }: Error) => {
        match(message, /^Expected --against to name a commit: .* Received: .*"git log --oneline"/s);
        return name === 'Failure' && message.includes(`Received: ${ref} (`);
      });
    }
  });

  it('needs a clone, and no repository around the project', async () => {
    const inside = join(root, 'lib');
    put(inside, [['file', '']]);
    for (const folder of [temporaryFolder(), inside]) {
      await rejects(
        setUpCommit('HEAD', () => {}, folder, temporaryFolder()),
        /^Failure: Expected a git clone .* to take HEAD from\. Received: .*"git clone"/s,
      );
    }
  });

  it('says why its set-up failed, and runs it again the next time', async () => {
    const cache = temporaryFolder();
    const hash = commit('5', 'node -e "console.error(\'no such wheel\'); process.exit(3)"');
    for (let time = 0; time < 2; time++) {
      await rejects(
        setUp('HEAD', cache),
        /"npm run setup" of \w{8} to succeed, in .* failed\.[\s\S]*no such wheel[\s\S]*Run it there/,
      );
    }
    equal(existsSync(join(cache, hash, 'package.json')), true);
  });
});

describe('the program that trains in a tree', () => {
  const problem = { data: { folder: '', x: [], y: { file: '' } } } as unknown as Problem;

  it('is the one of the tree, run in its folder, off the graphics card unless the row names it', () => {
    const { args, cwd, env } = peerOf(projectRoot, { name: 'wasm' }, problem);
    deepEqual(args.slice(-3), [join(projectRoot, 'lib/tools/bench/peers/tfjs.ts'), 'own', 'wasm']);
    deepEqual([cwd, env?.CUDA_VISIBLE_DEVICES], [projectRoot, '-1']);
    equal(peerOf(projectRoot, { name: 'gpu' }, problem).env?.CUDA_VISIBLE_DEVICES, undefined);
  });

  it('gets its problem as an argument if it reads no variable, with the labels as bytes', () => {
    const root = temporaryFolder();
    const folder = temporaryFolder();
    put(root, [
      ['lib/tools/bench/peers/tfjs.ts', 'process.argv[2]'],
      ['package.json', '{}'],
      ['node_modules/tsx/package.json', '{"exports": {"./cjs": "./cjs.js"}}'],
      ['node_modules/tsx/cjs.js', ''],
    ]);
    put(folder, [['y', new Uint8Array(Int32Array.of(7, 3).buffer)]]);
    const data = { folder, x: [{ file: 'x' }], y: { file: 'y', shape: [2] } };
    const { args } = peerOf(root, { name: 'native' }, { data, batchSize: 64 } as never);
    const { images, labels, samples, batch } = JSON.parse(args[3] as string);
    deepEqual([images, samples, batch], [join(folder, 'x'), 2, 64]);
    deepEqual([...execFileSync('cat', [labels])], [7, 3]);
    deepEqual(args.slice(4), ['own', 'native']);
  });

  it('is missed in a tree of another kind', () => {
    const root = temporaryFolder();
    const message = /Expected a program that trains, lib.*tfjs\.ts\. Received: .*Compare with/;
    try {
      peerOf(root, { name: 'native' }, problem);
    } catch (error) {
      return match((error as Error).message, message);
    }
    throw new Error('Expected a failure.');
  });
});
