/** Starts a kernel that outlives this process, prints where it is, and waits to be killed. */
import { Kernel } from './kernel';

async function main(): Promise<void> {
  const { process: child, info, folder } = await Kernel.launch({ isAlone: true });
  process.stdin.resume();
  console.log(JSON.stringify({ id: child.pid, info, folder }));
}

void main();
