import { deepEqual, equal, match, rejects, throws } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setUpCommit } from '../../lib/bench/commit';
import { lessonRows, nodeArguments } from '../../lib/bench/rows';
import { put, temporaryFolder } from '../folder';

describe('a commit to compare with', () => {
  const root = temporaryFolder();
  const cache = temporaryFolder();
  const git = (...args: string[]) => {
    const user = ['-c', 'user.name=a', '-c', 'user.email=a@b'];
    return execFileSync('git', [...user, ...args], { cwd: root, encoding: 'utf8' }).trim();
  };
  const commit = (version: string, script: string): string => {
    const setup = `node -e "${script}"`;
    put(root, [['package.json', JSON.stringify({ version, scripts: { setup } })]]);
    git('add', '.');
    git('commit', '--quiet', '-m', version);
    return git('rev-parse', 'HEAD');
  };
  const setUp = (ref: string) => setUpCommit(ref, () => {}, root, cache);
  const hashes: string[] = [];

  before(() => {
    git('init', '--quiet', '--initial-branch', 'main');
    for (const i of [1, 2, 3, 4])
      hashes.push(commit(`${i}.0.0`, `fs.appendFileSync('ran', '${i}')`));
    git('tag', 'v2', hashes[1] as string);
  });

  it('is set up by its own set-up, and reused by another name', async () => {
    const hash = hashes[1] as string;
    for (const ref of ['v2', `${hash.slice(0, 9)}`, 'main~2']) {
      const { name, folder } = await setUp(ref);
      deepEqual([name, folder], [hash.slice(0, 8), join(cache, hash)]);
    }
    equal(readFileSync(join(cache, hash, 'ran'), 'utf8'), '222');
  });

  it('stays in the cache until three others were used later', async () => {
    utimesSync(join(cache, hashes[1] as string), 0, 0);
    for (const ref of ['main', 'main~1', 'main~3']) await setUp(ref);
    deepEqual(readdirSync(cache).sort(), [0, 2, 3].map(i => hashes[i]).sort());
  });

  it('is asked for again if it does not exist', async () => {
    for (const ref of ['nowhere', 'HEAD~30', '', '^HEAD', 'HEAD:package.json', '--all']) {
      await rejects(setUp(ref), ({ name, message }: Error) => {
        match(message, /^Expected --against to name a commit: .* Received: .*"git log --oneline"/s);
        return name === 'Failure' && message.includes(`Received: ${ref} (`);
      });
    }
  });

  it('needs a clone, and no repository around the project', async () => {
    put(root, [['lib/file', '']]);
    for (const folder of [temporaryFolder(), join(root, 'lib')]) {
      await rejects(
        setUpCommit('HEAD', () => {}, folder, cache),
        /^Failure: Expected a git clone .* to take HEAD from\. Received: .*"git clone"/s,
      );
    }
  });

  it('says why its set-up failed', async () => {
    commit('5.0.0', "console.error('no such wheel'); process.exit(3)");
    await rejects(
      setUp('HEAD'),
      /"npm run setup" of \w{8} to succeed, in .* failed\.[\s\S]*no such wheel[\s\S]*Run it there/,
    );
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
    const root = tree('');
    const [row] = lessonRows(true, undefined, root);
    const { args, cwd, env = {} } = row?.command ?? {};
    const files = ['node_modules/tsx/cjs.js', 'lib/bench/peers/tfjs.ts'].map(file =>
      join(root, file),
    );
    deepEqual([cwd, ...(args ?? [])], [root, '--require', ...files, 'own', 'native']);
    equal('DIGITS_PYTHON_PREFIX' in env && env.DIGITS_PYTHON_PREFIX, undefined);
  });

  it('is missed in a tree of another kind', () => {
    const message = /Expected a program .*tfjs\.ts\. Received: .* Compare/;
    throws(() => nodeArguments(temporaryFolder()), message);
  });
});
