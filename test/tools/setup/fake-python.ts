/**
 * A Python's answers to set-up: about itself, `-m venv`, `-m pip`. `FAKE_PYTHON_HANG` names a
 * word of a call at which it stays half-way, `FAKE_PYTHON_FAIL` one at which it fails with
 * `FAKE_PYTHON_SAYS`; `FAKE_PYTHON_AWAITS` names a file that must be there before it makes a `.venv`.
 */
export function fakePython(answer: object, calls: string): string {
  return `
const fs = require('node:fs');
const { basename, dirname, join } = require('node:path');
const args = process.argv.slice(2);
const prefix = dirname(dirname(__filename));
const packages = join(prefix, 'site-packages');
const { FAKE_PYTHON_HANG: hang, FAKE_PYTHON_FAIL: fail, FAKE_PYTHON_AWAITS: file } = process.env;
fs.appendFileSync(${JSON.stringify(calls)}, args.join(' ').split('\\n')[0] + '\\n');
const at = word => word && args.includes(word);
const stay = () => setInterval(() => {}, 1000);
if (args[0] === '-c') {
  console.log(JSON.stringify({ executable: __filename, packages, ...${JSON.stringify(answer)} }));
} else if (at(fail)) {
  console.error(process.env.FAKE_PYTHON_SAYS);
  process.exit(1);
} else if (args[1] === 'venv') {
  const moment = new Int32Array(new SharedArrayBuffer(4));
  while (file && !fs.existsSync(file)) Atomics.wait(moment, 0, 0, 20);
  const folder = args.at(-1);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(join(folder, 'bin'), { recursive: true });
  fs.copyFileSync(__filename, join(folder, 'bin', 'python'));
  fs.writeFileSync(join(folder, 'pyvenv.cfg'), 'home = ' + dirname(__filename));
  if (at(hang)) stay();
  else fs.mkdirSync(join(folder, 'site-packages'));
} else if (args[1] === 'ensurepip') {
  fs.mkdirSync(packages, { recursive: true });
} else if (args[1] === 'pip' && args[2] === 'install') {
  const file = args.at(args.indexOf('--requirement') + 1);
  const words = args.includes('--requirement') ? fs.readFileSync(file, 'utf8').split(' ') : args;
  const specs = words.filter(word => word.includes('=='));
  const half = at(hang) ? specs.slice(0, Math.floor(specs.length / 2)) : specs;
  for (const spec of half) {
    const [name, version] = spec.replace(/\\[.*\\]/, '').split('==');
    const info = join(packages, name.replace(/-/g, '_').toLowerCase() + '-' + version + '.dist-info');
    fs.mkdirSync(info, { recursive: true });
    fs.writeFileSync(join(info, 'INSTALLER'), 'pip');
    fs.writeFileSync(join(info, 'RECORD'), '');
  }
  if (at(hang)) {
    fs.mkdirSync(join(packages, 'jupyterlab-99.dist-info'));
    fs.writeFileSync(join(packages, 'jupyterlab-99.dist-info', 'RECORD'), 'as the wheel has it');
    stay();
  }
} else if (args[1] === 'pip' && args[2] === 'uninstall') {
  for (const entry of fs.readdirSync(packages).filter(each => each.startsWith(args[4] + '-'))) {
    fs.rmSync(join(packages, entry), { recursive: true });
  }
} else if (args[1] === 'pip' && args[2] === '--version') {
  process.exit(fs.existsSync(packages) ? 0 : 1);
}
`;
}
