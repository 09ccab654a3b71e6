import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, writeJson } from '../../project/files';
import { messages } from '../../project/messages';
import { runLogged } from '../../project/run-logged';
import { languages } from '../../publish/source';
import type { Build } from '../build-folders';
import { glossaryFile } from './contents';
import { joinEarlyChunks } from './early-chunks';

/** JupyterLab, and the notebook alone for small screens. */
export const APPS = ['lab', 'notebooks'] as const;

/** JupyterLab without a server. */
export async function buildJupyterLite(build: Build): Promise<string> {
  const folder = build.lite;
  const python = build.python.program('python');
  writeJson(join(folder, 'jupyter_lite_config.json'), {
    LiteBuildConfig: {
      output_dir: build.site,
      apps: APPS,
      no_sourcemaps: true,
      no_unused_shared_packages: true,
      // Of the environment's own extensions the site wants one alone, which the step before took.
      ignore_sys_prefix: true,
    },
    FederatedExtensionAddon: { extra_labextensions_path: [build.extensions] },
  });
  // Its database of what is done comes to lie where it runs.
  const options = { title: messages().site.steps.jupyterLite, log: 'site', cwd: folder };
  await runLogged(python, ['-m', 'jupyterlite_core', 'build', '--lite-dir', folder], options);
  const translations = join(build.site, 'api', 'translations');
  await runLogged(python, ['-c', TRANSLATIONS, translations], options);
  writeListings(build.site);
  copyFileSync(build.originals, join(build.site, 'api', 'originals.json'));
  const programs = join(build.site, 'build');
  const removed = prune(build.site) + pruneChunks(programs);
  joinEarlyChunks(programs, APPS);
  return messages().site.files(filesBelow(build.site).length, removed);
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

/** Lists for each language its own notebooks and glossary: `api/contents/zh.json`. */
function writeListings(site: string): void {
  const folder = join(site, 'api', 'contents');
  const all: { content: { name: string }[] } = JSON.parse(
    readFileSync(join(folder, 'all.json'), 'utf8'),
  );
  for (const language of languages) {
    const others = languages.filter(other => other !== language);
    const content = all.content.filter(
      ({ name }) =>
        !others.some(other => name.endsWith(`.${other}.ipynb`) || name === glossaryFile(other)),
    );
    writeJson(join(folder, `${language}.json`), { ...all, content });
  }
}

/** Files that nothing in the site asks for: JupyterLite's own sources, fonts for browsers of long ago. */
const UNUSED = [
  /^(rspack\.config|package\.json|jupyterlite\.schema|icon-|manifest\.|doc\/)/,
  /^lab\/(tree|workspaces)\//,
  /^(lab|notebooks)\/(package\.json|favicon\.ico|build\/)/,
  /^build\/fa-[^/]*\.(svg|eot|ttf|woff)$/,
  /^extensions\/[^/]*\/(install\.json|build_log\.json)$/,
];

function prune(site: string): number {
  const unused = filesBelow(site).filter(file => UNUSED.some(pattern => pattern.test(file)));
  for (const file of unused) rmSync(join(site, file));
  rmSync(join(site, 'doc'), { recursive: true });
  return unused.length;
}

/** Plugins that are switched off, so that nothing asks for the chunks below: a tenth of the site's size. */
export const SWITCHED_OFF = ['@jupyterlab/mermaid-extension'];

/** Marks of the chunks that those plugins load: Mermaid, which draws diagrams, and its layout ELK. */
const MARKS = [/mermaidAPI/, /org\.eclipse\.elk/];

/** Removes the chunks with these marks, and those that only they load. */
function pruneChunks(folder: string): number {
  const scripts = filesBelow(folder).filter(file => file.endsWith('.js'));
  const code = new Map(scripts.map(file => [file, readFileSync(join(folder, file), 'utf8')]));
  // A chunk's name begins with its number; the programs that a page begins with have none.
  const numbers = new Map(scripts.map(file => [/^(\d+)\./.exec(file)?.[1], file]));
  const programs = scripts.filter(file => !/^\d+\./.test(file));
  const marked = MARKS.map(mark => {
    const found = scripts.filter(
      file => !programs.includes(file) && mark.test(code.get(file) ?? ''),
    );
    if (found.length === 0) throw new Error(`Expected a chunk of JupyterLab with ${mark}.`);
    return found;
  });

  /** Returns what the programs load, and what that loads, if some chunks are closed. */
  const reached = (closed: readonly string[]) => {
    const seen = new Set(programs);
    for (const file of seen) {
      for (const [, number] of (code.get(file) ?? '').matchAll(/\.e\("?(\d+)"?\)/g)) {
        const chunk = numbers.get(number);
        if (chunk && !closed.includes(chunk)) seen.add(chunk);
      }
    }
    return seen;
  };
  const after = reached(marked.flat());
  const left = [...reached([])].filter(file => !after.has(file));
  for (const file of left) rmSync(join(folder, file));
  return left.length;
}
