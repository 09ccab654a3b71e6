/** The program `tfjs-graph`. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AddonError } from './addon-error';
import { versionIn } from './build-config';
import { Children } from './child';
import { makeAddons } from './command';
import { Interrupted } from './run';
import { HELP } from './texts';

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
