/**
 * Answers set-up's calls as Python would: `-m venv`, `-m ensurepip`, `-m pip`. Run by `fake-python.sh` with
 * its own path, the file of the calls, and Python's arguments. `FAKE_PYTHON_HANG` names a word of a call
 * at which it stays half-way, `FAKE_PYTHON_FAIL` one at which it fails with `FAKE_PYTHON_SAYS`;
 * `FAKE_PYTHON_AWAITS` names a file that must be there before it makes a `.venv`.
 */
const fs = require('node:fs');
const { dirname, join } = require('node:path');

const [python, calls, ...args] = process.argv.slice(2);
const [, module_, command, , packageName] = args;
const packages = join(dirname(dirname(python)), 'site-packages');
const { FAKE_PYTHON_HANG: hang, FAKE_PYTHON_FAIL: fail, FAKE_PYTHON_AWAITS: awaited } = process.env;

fs.appendFileSync(calls, `${args.join(' ').split('\n')[0]}\n`);
const isAt = word => word && args.includes(word);
const stay = () => setInterval(() => {}, 1000);

if (isAt(fail)) {
  console.error(process.env.FAKE_PYTHON_SAYS);
  process.exit(1);
} else if (module_ === 'venv') {
  makeEnvironment(args.at(-1));
} else if (module_ === 'ensurepip') {
  fs.mkdirSync(packages, { recursive: true });
} else if (module_ === 'pip') {
  if (command === 'install') install();
  if (command === 'uninstall') uninstall(packageName);
  if (command === '--version') process.exit(fs.existsSync(packages) ? 0 : 1);
}

function makeEnvironment(folder) {
  const moment = new Int32Array(new SharedArrayBuffer(4));
  while (awaited && !fs.existsSync(awaited)) Atomics.wait(moment, 0, 0, 20);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(join(folder, 'bin'), { recursive: true });
  fs.copyFileSync(`${python}.about`, join(folder, 'bin', 'python.about'));
  fs.copyFileSync(python, join(folder, 'bin', 'python'));
  fs.writeFileSync(join(folder, 'pyvenv.cfg'), `home = ${dirname(python)}`);
  if (isAt(hang)) stay();
  else fs.mkdirSync(join(folder, 'site-packages'));
}

function install() {
  const words = args.includes('--requirement')
    ? fs.readFileSync(args[args.indexOf('--requirement') + 1], 'utf8').split(' ')
    : args;
  const specs = words.filter(word => word.includes('=='));
  for (const spec of isAt(hang) ? specs.slice(0, Math.floor(specs.length / 2)) : specs) {
    const [name, version] = spec.replace(/\[.*\]/, '').split('==');
    const info = recordOf(`${name.replace(/-/g, '_').toLowerCase()}-${version}`, '');
    fs.writeFileSync(join(info, 'INSTALLER'), 'pip');
  }
  if (!isAt(hang)) return;
  recordOf('jupyterlab-99', 'as the wheel has it');
  stay();
}

/** Writes a package's record of itself; without `INSTALLER`, its installation is not at its end. */
function recordOf(package_, record) {
  const info = join(packages, `${package_}.dist-info`);
  fs.mkdirSync(info, { recursive: true });
  fs.writeFileSync(join(info, 'RECORD'), record);
  return info;
}

function uninstall(name) {
  for (const entry of fs.readdirSync(packages).filter(each => each.startsWith(`${name}-`))) {
    fs.rmSync(join(packages, entry), { recursive: true });
  }
}
