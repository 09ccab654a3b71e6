/** Sets up another commit of this repository in the cache. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from 'command/machine/paths';
import { npmCommand } from 'command/machine/platform.mjs';
import { Failure } from 'command/output/failure.mjs';
import { withLock } from 'command/processes/lock.mjs';
import { runLogged } from 'command/processes/run-logged';
import { sharedCache } from 'lab/setup/packages/parts';

/** The maximum number of trees in the cache, about 1 GB each. */
const MAX_TREES = 3;

/** Removes the user's Python environment: every commit needs a separate one, because packages differ. */
export const OWN_PYTHON = {
  DIGITS_PYTHON_PREFIX: undefined,
  CONDA_PREFIX: undefined,
  NB_PYTHON_PREFIX: undefined,
};

/**
 * Clones `ref` into the cache if necessary, and runs the commit's own set-up. On a complete tree, the set-up takes a
 * few seconds.
 *
 * @returns the commit's short hash and the folder.
 * @throws Failure if `ref` is no commit, `root` is no git clone, or the set-up fails.
 */
export async function setUpCommit(
  ref: string,
  log: (line: string) => void,
  root = projectRoot,
  cache = join(sharedCache(), 'bench'),
): Promise<{ name: string; folder: string }> {
  const hash = await commitHash(ref, root);
  const folder = join(cache, hash);
  const name = hash.slice(0, 8);
  await withLock(join(cache, 'lock'), async () => {
    if (!existsSync(folder)) await clone(hash, folder, root);
    utimesSync(folder, new Date(), new Date());
    prune(cache);
    log(`Setting up ${name} in ${folder}; the first time takes a minute.`);
    const { program, args } = npmCommand(['run', 'setup']);
    await runLogged(program, args, {
      title: `Expected "npm run setup" of ${name} to succeed, in ${folder}. It`,
      log: 'bench-against',
      cwd: folder,
      env: OWN_PYTHON,
      remark: () => `Run it there to see more, or compare with another commit than ${ref}.`,
    });
  });
  return { name, folder };
}

async function commitHash(ref: string, root: string): Promise<string> {
  const prefix = await git(root, 'rev-parse', '--show-prefix').catch(gitMessage);
  if (prefix !== '') {
    throw new Failure(
      `Expected a git clone of the project, to take ${ref} from. Received: ${root} (${prefix}). Run the benchmark in a clone made by "git clone".`,
    );
  }
  const hash = await git(root, 'rev-parse', '--verify', `${ref}^{commit}`).catch(gitMessage);
  if (/^[0-9a-f]{40,64}$/.test(hash)) return hash;
  throw new Failure(
    `Expected --against to name a commit: a branch, a tag, a hash or HEAD~3. Received: ${ref} (${hash}). "git log --oneline" lists commits; "git fetch --unshallow" completes a shallow clone.`,
  );
}

/** Clones under a temporary name first, so an interrupted clone is not reused. */
async function clone(hash: string, folder: string, root: string): Promise<void> {
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  await git(root, 'clone', '--quiet', '--shared', '--no-checkout', root, partial);
  await git(partial, 'checkout', '--quiet', '--detach', hash);
  renameSync(partial, folder);
}

/** Removes the least recently used trees. */
function prune(cache: string): void {
  const trees = readdirSync(cache, { withFileTypes: true }).filter(entry => entry.isDirectory());
  const timeOf = (folder: string) => statSync(folder).mtimeMs;
  const folders = trees.map(({ name }) => join(cache, name)).sort((a, b) => timeOf(b) - timeOf(a));
  for (const folder of folders.slice(MAX_TREES)) rmSync(folder, { recursive: true, force: true });
}

/** Returns the output of git in a folder, regardless of a hook's variables. */
async function git(cwd: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, GIT_DIR: undefined, GIT_WORK_TREE: undefined };
  return (await promisify(execFile)('git', args, { cwd, env })).stdout.trim();
}

/** Returns git's message, or the system's if git is missing. */
const gitMessage = (error: Error & { stderr?: string }): string =>
  (error.stderr || error.message).trim();
