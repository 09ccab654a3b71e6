/**
 * Packs the package in the current folder for npm: omits development fields, and adds the repository's
 * address if GitHub runs the script.
 *
 *    node ../lab/addon/tarball.cjs [--pack-destination FOLDER]
 */
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const { tmpdir } = require('node:os');
const { join, relative, resolve } = require('node:path');
const { parseArgs } = require('node:util');

/** Returns the repository fields. npm compares them with the provenance. */
function repository() {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = process.env;
  if (!GITHUB_REPOSITORY) return {};
  const address = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`;
  const directory = relative(join(__dirname, '..', '..', '..'), process.cwd()).replaceAll(
    '\\',
    '/',
  );
  return {
    repository: { type: 'git', url: `git+${address}.git`, directory },
    homepage: `${address}/tree/HEAD/${directory}#readme`,
    bugs: `${address}/issues`,
  };
}

/** Returns the address of the package's API pages on the website, or the path of its declarations. */
function api(name) {
  const [owner, repository] = process.env.GITHUB_REPOSITORY?.split('/') ?? [];
  if (!owner) return 'dist/index.d.ts';
  return `https://${owner}.github.io/${repository}/reference/modules/${name}.html`;
}

/** Packs the files listed in the package.json of a folder. `more` adds fields to the packed package.json. */
function pack(folder, destination = '.', extra = {}) {
  const json = fs.readFileSync(join(folder, 'package.json'), 'utf8');
  const { browser, devDependencies, scripts, ...manifest } = JSON.parse(json);
  const staged = fs.mkdtempSync(join(tmpdir(), 'pack-'));
  try {
    for (const name of [...manifest.files, 'LICENSE', 'README.md']) {
      fs.cpSync(join(folder, name), join(staged, name), { recursive: true });
    }
    const readme = join(staged, 'README.md');
    const text = fs.readFileSync(readme, 'utf8').replace('](index.ts)', `](${api(manifest.name)})`);
    fs.writeFileSync(readme, text);
    const packed = JSON.stringify({ ...manifest, ...repository(), ...extra }, undefined, 2);
    fs.writeFileSync(join(staged, 'package.json'), `${packed}\n`);
    fs.mkdirSync(destination, { recursive: true });
    execFileSync('npm', ['pack', '--silent', '--pack-destination', resolve(destination)], {
      cwd: staged,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  } finally {
    fs.rmSync(staged, { recursive: true });
  }
}

module.exports = { pack };
if (require.main === module) {
  require('kernel/build.cjs').refresh();
  // Ignore options for the other package.
  const options = { 'pack-destination': { type: 'string' } };
  const { values } = parseArgs({ options, strict: false });
  pack('.', values['pack-destination']);
}
