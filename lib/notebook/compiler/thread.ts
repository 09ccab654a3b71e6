/**
 * The compiler's thread: it type-checks the cells and turns them into JavaScript by tslab's own
 * converter. It gets ready while the kernel starts and the learner reads.
 */
import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { type Call, type CompilerData, State } from './call';
import { withLightPrograms } from './light-programs';

const { port, state, options, imports } = workerData as CompilerData;
process.on('exit', () => tell(State.STOPPED));

withLightPrograms();
const { createConverter, isCompleteCode }: typeof import('tslab/dist/converter') =
  require('tslab/dist/converter');
const { getCodeMetadata }: typeof import('tslab/dist/metadata') = require('tslab/dist/metadata');

const converter = createConverter(options);
const functions: Record<string, (...args: never[]) => unknown> = {
  ...converter,
  isCompleteCode,
  getCodeMetadata,
};

// Where a cell waits already, it is quicker to read that one.
const first = receiveMessageOnPort(port);
if (first) answer(first.message);
else readAhead();
port.on('message', answer);

/** Reads what the first cell probably imports: it is kept until a cell does without it. */
function readAhead(): void {
  converter.convert('', imports.map(name => `import '${name}';`).join('\n'));
}

function answer({ name, args }: Call): void {
  try {
    port.postMessage({ value: functions[name]?.(...(args as never[])) });
  } catch (error) {
    port.postMessage({ error });
  }
  tell(State.ANSWERED);
}

function tell(value: number): void {
  Atomics.store(state, 0, value);
  Atomics.notify(state, 0);
}
