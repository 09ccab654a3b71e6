/**
 * Answers set-up's calls as uv would: makes environments, installs packages
 * without content. With `FAKE_UV_HANG` the installation hangs half-way; `FAKE_UV_FAIL` names a word of
 * a call that fails with `FAKE_UV_SAYS`. The calls are in `uv-calls.log`
 * above the folder of this file.
 */
const fs = require('node:fs');
const { dirname, join } = require('node:path');

const [, script, ...args] = process.argv;
const [command, subcommand] = args;
const bin = dirname(script);
const { FAKE_UV_HANG: hang, FAKE_UV_FAIL: fail } = process.env;

const argumentAfter = option => args[args.indexOf(option) + 1];

if (command === '--version') {
  console.log('uv 0.13.9 (fake)');
} else {
  fs.appendFileSync(join(dirname(bin), 'uv-calls.log'), `${args.join(' ')}\n`);
  if (fail && args.includes(fail)) {
    console.error(process.env.FAKE_UV_SAYS);
    process.exit(1);
  }
  if (command === 'venv') makeEnvironment(args.at(-1));
  if (subcommand === 'install') install();
}

function makeEnvironment(folder) {
  const python = argumentAfter('--python');
  fs.mkdirSync(join(folder, 'bin'), { recursive: true });
  fs.copyFileSync(`${python}.about`, join(folder, 'bin', 'python.about'));
  fs.copyFileSync(python, join(folder, 'bin', 'python'));
  fs.writeFileSync(join(folder, 'pyvenv.cfg'), `home = ${dirname(python)}`);
  fs.mkdirSync(join(folder, 'site-packages'), { recursive: true });
}

function install() {
  const target = args.includes('--target') ? argumentAfter('--target') : undefined;
  const packages = target ?? join(argumentAfter('--python'), 'site-packages');
  const specs = args.filter(word => word.includes('=='));
  for (const spec of hang ? specs.slice(0, Math.floor(specs.length / 2)) : specs) {
    const [name, version] = spec.replace(/\[.*\]/, '').split('==');
    const info = recordOf(packages, `${name.replace(/-/g, '_').toLowerCase()}-${version}`, '');
    fs.writeFileSync(join(info, 'INSTALLER'), 'uv');
  }
  if (!hang) return;
  recordOf(packages, 'jupyterlab-99', 'as the wheel has it');
  setInterval(() => {}, 1000);
}

/** Writes a package's metadata; without `INSTALLER`, the installation is incomplete. */
function recordOf(packages, package_, record) {
  const info = join(packages, `${package_}.dist-info`);
  fs.mkdirSync(info, { recursive: true });
  fs.writeFileSync(join(info, 'RECORD'), record);
  return info;
}
