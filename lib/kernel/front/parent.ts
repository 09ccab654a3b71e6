/** A kernel ends with the server that has started it, also where that one is killed. */

/** Milliseconds between two looks. */
const LOOK = 500;

/**
 * Calls `end` once the process is gone that has started the kernel. A kernel that is to outlive it is
 * started without `JPY_PARENT_PID`.
 */
export function watchParent(end: () => void, env: NodeJS.ProcessEnv = process.env): void {
  if (!env.JPY_PARENT_PID) return;
  const parent = process.ppid;
  // On Windows it is the number of a handle.
  const named = process.platform === 'win32' ? parent : Number(env.JPY_PARENT_PID);
  setInterval(() => {
    // Where a parent has ended, Linux and macOS name another one; Windows goes on to name it.
    if (process.ppid !== parent || !lives(named)) end();
  }, LOOK).unref();
}

function lives(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // It lives, and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
