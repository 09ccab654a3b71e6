/** Compiles and evaluates cells in the installed kernel. */
import { MessageChannel } from 'node:worker_threads';
import { CheckFailure } from '../../cell/errors/failed';
import { messages } from '../../cell/language';
import { bindToExecution } from '../../cell/script/origin';
import type { CellScript } from '../../cell/script/parameters';
import type { Run } from '../../cell/script/run';
import type { Execute } from '../../cell/worker-messages';
import type { Compiled } from '../../typescript/checker';
import type { CompileRequest } from '../link';
import { addLocalModules, rebuildIfStale } from './modules';
import { runScript } from './scripts';

type Compile = (cell: CompileRequest) => Promise<Compiled | undefined>;

/** Returns the function that evaluates a cell. @throws CheckFailure */
export const createEvaluator =
  (compile: Compile) =>
  (run: Run, { code, count }: Execute): ReturnType<CellScript> => {
    const isStale = rebuildIfStale(code);
    const evaluate = async () => {
      const compiled = run.wait(await compile({ code, isStale }));
      if (!compiled) throw new Error(messages().compiler.ended);
      addLocalModules(compiled.sideModules);
      if (compiled.diagnostics.length > 0) throw new CheckFailure(compiled.diagnostics);
      return runScript(run, compiled, count);
    };
    // A forced termination unwinds the whole call stack and settles no promise, so start on an empty stack.
    return new Promise((resolve, reject) => {
      callOnEmptyStack(() => {
        if (!run.isInterrupted) evaluate().then(resolve, reject);
      });
    });
  };

const callbacks: (() => void)[] = [];
const { port1, port2 } = new MessageChannel();
port2.on('message', () => callbacks.shift()?.());
port2.unref();

/**
 * Calls a function on an empty call stack, because a forced termination unwinds all callers. In `setImmediate`,
 * a termination breaks Node's queue of immediates, and later callbacks throw. A message port delivers messages
 * one by one.
 */
function callOnEmptyStack(callback: () => void): void {
  callbacks.push(bindToExecution(callback));
  port1.postMessage(undefined);
}
