import { deepEqual, equal, match, rejects, throws } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setUpCommit } from '../../../lib/tools/bench/commit';
import { startPeer } from '../../../lib/tools/bench/peer-process';
import { lessonRows, nodeArguments } from '../../../lib/tools/bench/rows';
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
  const tree = (program: string): string => {
    const root = temporaryFolder();
    put(root, [
      ['lib/bench/peers/tfjs.ts', program],
      ['package.json', '{}'],
      ['node_modules/tsx/package.json', '{"exports": {"./cjs": "./cjs.js"}}'],
      ['node_modules/tsx/cjs.js', ''],
    ]);
    return root;
  };

  it('is the tree’s own, with its own packages and Python', () => {
    const root = tree('process.env.DIGITS_BENCH_PROBLEM');
    const [row] = lessonRows(true, undefined, root);
    const { args = [], cwd, env = {} } = row?.command ?? {};
    const [, tsx, file, ...rest] = args;
    deepEqual([cwd, tsx], [root, join(root, 'node_modules/tsx/cjs.js')]);
    deepEqual([file, ...rest], [join(root, 'lib/bench/peers/tfjs.ts'), 'own', 'native']);
    equal('DIGITS_PYTHON_PREFIX' in env && env.DIGITS_PYTHON_PREFIX, undefined);
  });

  it('gets the problem as an argument if it does not read the variable', async () => {
    const root = tree('process.argv[2]');
    const program = `console.log('@bench ' + JSON.stringify({ event: 'ready', args: process.argv }))`;
    const [, , file, ...rest] = nodeArguments(root);
    put(root, [['program.cjs', program]]);
    const args = [join(root, 'program.cjs'), ...rest, 'own'];
    const peer = await startPeer({ program: process.execPath, args }, { batch: 64 });
    const ready: { args?: string[] } = await peer.hear('ready');
    equal(file, join(root, 'lib/bench/peers/tfjs.ts'));
    deepEqual(ready.args?.slice(2), ['{"batch":64}', 'own']);
  });

  it('is missed in a tree of another kind', () => {
    throws(
      () => nodeArguments(temporaryFolder()),
      /Expected a program .*tfjs\.ts\. Received: .* Compare/,
    );
  });
});
