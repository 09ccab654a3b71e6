import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, sha256, writeJson } from '../../project/files';
import { messages } from '../../project/messages';
import { runLogged } from '../../project/run-logged';
import { languages } from '../../publish/source';
import type { Build } from '../folders';
import chunks from './chunks.json';

/** JupyterLab, and the notebook alone for small screens. */
export const APPS = ['lab', 'notebooks'] as const;

/** JupyterLab without a server. */
export async function buildJupyterLite({ python, site, lite, extensions }: Build): Promise<string> {
  writeJson(join(lite, 'jupyter_lite_config.json'), {
    LiteBuildConfig: {
      output_dir: site,
      apps: APPS,
      no_sourcemaps: true,
      no_unused_shared_packages: true,
      // The site wants none of the environment's own extensions.
      ignore_sys_prefix: true,
    },
    FederatedExtensionAddon: { extra_labextensions_path: [extensions] },
  });
  // Its database of what is done comes to lie where it runs.
  const options = { title: messages().site.steps.jupyterLite, log: 'site', cwd: lite };
  const run = (...args: string[]) => runLogged(python.program('python'), args, options);
  await run('-m', 'jupyterlite_core', 'build', '--lite-dir', lite);
  await run('-c', TRANSLATIONS, join(site, 'api', 'translations'));
  // Each language lists its own notebooks and glossary.
  const listings = join(site, 'api', 'contents');
  const all = JSON.parse(readFileSync(join(listings, 'all.json'), 'utf8'));
  for (const language of languages) {
    const isOwn = ({ name }: { name: string }) => name.includes(`.${language}.`);
    const content = all.content.filter(isOwn);
    writeJson(join(listings, `${language}.json`), { ...all, content });
  }
  const unused = filesBelow(site).filter(file => UNUSED.some(pattern => pattern.test(file)));
  for (const file of unused) rmSync(join(site, file));
  rmSync(join(site, 'doc'), { recursive: true });
  arrangeChunks(join(site, 'build'));
  return messages().site.files(filesBelow(site).length, unused.length + chunks.unused.length);
}

/** JupyterLite writes the language packs only together with all extensions of the environment. */
const TRANSLATIONS = `import json, pathlib, sys
from jupyterlab_server.translation_utils import get_language_pack, get_language_packs
folder = pathlib.Path(sys.argv[1])
packs, _ = get_language_packs()
kept = {name: packs[name] for name in ("en", "zh_CN")}
(folder / "all.json").write_text(json.dumps({"data": kept, "message": ""}), encoding="utf-8")
data = {"data": get_language_pack("zh_CN")[0], "message": ""}
(folder / "zh_CN.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
`;

/** Files that nothing in the site asks for: JupyterLite's own sources, fonts for browsers of long ago. */
const UNUSED = [
  /^(rspack\.config|package\.json|jupyterlite\.schema|icon-|manifest\.|doc\/)/,
  /^lab\/(tree|workspaces)\//,
  /^(lab|notebooks)\/(package\.json|favicon\.ico|build\/)/,
  /^build\/fa-[^/]*\.(svg|eot|ttf|woff)$/,
  /^extensions\/[^/]*\/(install\.json|build_log\.json)$/,
];

/**
 * Joins to JupyterLab's core, which all wait for, the chunks that are loaded before a first notebook can be
 * run: of eighty requests, half in a row behind the other half, one is left. And removes the chunks that
 * only Mermaid loads, which draws diagrams. `chunks.json` has their numbers, which stand for their sources.
 *
 * @param folder holds the chunks, and each app's program in a folder by its name.
 * @throws Error if JupyterLite has another chunk in the place of one.
 */
function arrangeChunks(folder: string): void {
  const names = readdirSync(folder);
  const named = (start: number | string) => {
    const name = names.find(each => each.startsWith(`${start}.`));
    if (!name) throw new Error(`Expected a chunk of JupyterLab with the name ${start}.`);
    return name;
  };
  const core = named('jlab_core');
  const joined = [core, ...chunks.early.map(named)];
  const code = joined.map(name => readFileSync(join(folder, name), 'utf8')).join('\n');
  for (const name of [...joined, ...chunks.unused.map(named)]) rmSync(join(folder, name));
  const versionOf = (content: string) => sha256(content).slice(0, 7);
  const [, old = ''] = core.split('.');
  writeFileSync(join(folder, `jlab_core.${versionOf(code)}.js`), code);
  for (const app of APPS) {
    const program = join(folder, app, 'bundle.js');
    const content = readFileSync(program, 'utf8').replaceAll(old, versionOf(code));
    writeFileSync(join(folder, app, `bundle.${versionOf(content)}.js`), content);
    rmSync(program);
  }
}
