/** The program `tfjs-graph`. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { versionIn } from './build-config';
import { makeAddons } from './command';
import { AddonError, Children, Interrupted } from './process';

const HELP = `tfjs-graph: a fast fit and tf.function for TensorFlow.js

Usage: npx tfjs-graph addon [options]

Compiles the native addon of @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu, whichever the project
in this folder has, together with the operations of tfjs-graph, against TensorFlow's libraries from PyPI.
TensorFlow.js's own installer need not have run: npm install --ignore-scripts @tensorflow/tfjs-node

Options:
  --tensorflow FOLDER  takes the libraries from an installed TensorFlow: a site-packages folder, or the
                       folder tensorflow in it; for a GPU, one that was installed with its CUDA libraries
  --python PROGRAM     the Python that fetches from PyPI; otherwise uv, python3 or python on the path
  --force              compiles even if the addon is there already
  --help               prints this
  --version            prints the version

Exit codes: 0 the addon is there; 1 it could not be made; 2 wrong arguments; 130 interrupted.
`;

const WRONG_ARGUMENTS = 2;
const INTERRUPTED = 130;

function parsed(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      tensorflow: { type: 'string' },
      python: { type: 'string' },
      force: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', default: false },
    },
  });
}

/** @returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  let given: ReturnType<typeof parsed>;
  try {
    given = parsed(args);
  } catch (error) {
    return refuse((error as Error).message);
  }
  const { values, positionals } = given;
  if (values.help) return tell(HELP);
  if (values.version) return tell(`${versionIn(join(__dirname, '..'))}\n`);
  const [command, ...others] = positionals;
  if (command === undefined) return refuse('Expected the command addon.');
  if (command !== 'addon' || others.length > 0) {
    return refuse(`Expected the command addon but received ${positionals.join(' ')}.`);
  }
  return addon(values);
}

async function addon({ tensorflow, python, force }: ReturnType<typeof parsed>['values']) {
  const children = new Children();
  const interrupt = () => children.interrupt();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  try {
    const options = { tensorflow, python, force: force ?? false };
    await makeAddons(process.cwd(), options, children, line => process.stdout.write(`${line}\n`));
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) {
      process.stderr.write('Interrupted: the addon is as it was before.\n');
      return INTERRUPTED;
    }
    const isMendable = error instanceof AddonError || 'syscall' in (error as object);
    process.stderr.write(`${isMendable ? (error as Error).message : (error as Error).stack}\n`);
    return 1;
  }
}

function tell(text: string): number {
  process.stdout.write(text);
  return 0;
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n\n${HELP}`);
  return WRONG_ARGUMENTS;
}

main(process.argv.slice(2)).then(code => {
  process.exitCode = code;
});
