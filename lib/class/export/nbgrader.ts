/** Exports the exercises as an assignment of an nbgrader course. */
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readText, relativeToCwd, writeWhole } from 'command/machine/files';
import { projectRoot } from 'command/machine/paths';
import { Failure } from 'command/output/failure.mjs';
import { messages, tables } from 'command/output/messages';
import type { Exercise } from 'digits/exercises/judging/exercise';
import type { Language } from 'digits/language';
import { type Cell, isCode, textOf, writeNotebook } from 'publish/notebook';
import { notebookFolder, notebookOf, readSource, stageOf } from 'publish/source';

const CONFIG_FILE = 'nbgrader_digits.py';

/** Writes the instructor's version of an assignment into a course. Keeps the course's configuration. */
export async function writeAssignment(
  course: string,
  name: string,
  language: Language,
  exercises: readonly Exercise[],
): Promise<string[]> {
  const texts = messages().class;
  const file = join(course, 'source', name, `exercises.${language}.ipynb`);
  // Never overwrite a file that the teacher may have edited.
  if (existsSync(file)) throw new Failure(texts.assignmentThere(relativeToCwd(file)));
  const worksheet = await readSource(join(notebookFolder, 'exercises.ts'));
  const { cells, ...rest } = notebookOf(worksheet, language);
  const source = tables[language].class.assignment;
  const head: Cell = { cell_type: 'markdown', id: 'head', metadata: {}, source };
  const allCells = [head, ...cells.flatMap(cell => cellsOf(cell, language, exercises))];
  await writeNotebook(file, { ...rest, cells: allCells.map(cell => withRole(cell, cell.id)) });

  const packages = join(course, 'node_modules'); // for notebooks executed inside the course
  if (!existsSync(packages)) {
    rmSync(packages, { force: true }); // a broken link
    symlinkSync(join(projectRoot, 'node_modules'), packages, 'junction');
  }
  const [configFile, config] = [join(course, CONFIG_FILE), join(course, 'nbgrader_config.py')];
  writeWhole(configFile, readFileSync(join(__dirname, CONFIG_FILE)));
  const [line, text] = [`load_subconfig('${CONFIG_FILE}')`, readText(config)];
  if (text === undefined) writeWhole(config, `${line}\n`);
  else if (!text.includes(line)) console.log(texts.addToConfig(relativeToCwd(config), line));
  return [file, configFile, config];
}

/** Converts a worksheet cell to assignment cells: a selected exercise becomes an answer and a check. */
function cellsOf(cell: Cell, language: Language, exercises: readonly Exercise[]): Cell[] {
  const source = textOf(cell.source);
  const stage = stageOf(cell)?.number;
  const [, id = ''] = /^(?:### |[\s\S]*\n\nawait check\(')([\d.]+)/.exec(source) ?? [];
  const exercise = exercises.find(exercise => exercise.id === id);
  const isWanted = stage ? exercises.some(({ id }) => id.startsWith(`${stage}.`)) : exercise || !id;
  if (!isWanted || cell.metadata.tags?.includes('worksheet')) return [];
  if (!exercise || !isCode(cell)) return [cell];
  const [starter, call = ''] = source.split(/\n\n(?=await check\()/);
  const solution = `// BEGIN SOLUTION\n${exercise.texts[language].solution.trim()}\n// END SOLUTION`;
  const answer = { ...cell, source: solution, metadata: { digits: { starter } } };
  // Import again, because an answer may define another `check`.
  const test = `import { check } from 'digits';\n${call.replace(');', ', { throws: true });')}`;
  const check = { ...cell, id: `${cell.id}-check`, source: test, metadata: {} };
  const suffix = id.replace('.', '-');
  return [
    withRole(answer, `answer-${suffix}`, { solution: true, locked: false }),
    withRole(check, `check-${suffix}`, { grade: true, points: exercise.level }),
  ];
}

/** Adds nbgrader's metadata unless present. nbgrader restores read-only cells. */
function withRole(cell: Cell, grade_id: string, role = {}): Cell {
  const readOnly = { schema_version: 3, grade: false, solution: false, locked: true, task: false };
  const nbgrader = cell.metadata.nbgrader ?? { ...readOnly, grade_id, ...role };
  return { ...cell, metadata: { ...cell.metadata, nbgrader } };
}
