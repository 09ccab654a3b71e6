/** Writes the exercises as an assignment of an nbgrader course. */
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Exercise } from 'digits/exercises/judging/exercise';
import type { Language } from 'digits/language';
import { Failure } from '../project/failure.mjs';
import { readText, relativeToCwd, writeWhole } from '../project/files';
import { messages, tables } from '../project/messages';
import { projectRoot } from '../project/paths';
import { type Cell, isCode, joinText, writeNotebook } from '../publish/notebook';
import { notebookFolder, notebookOf, readSource, stageOf } from '../publish/source';

const OWN = 'nbgrader_digits.py';

/** Writes the instructor's version of an assignment into a course, whose configuration stays as it is. */
export async function writeAssignment(
  course: string,
  name: string,
  language: Language,
  exercises: readonly Exercise[],
): Promise<string[]> {
  const said = messages().class;
  const file = join(course, 'source', name, `exercises.${language}.ipynb`);
  // A teacher may have changed it.
  if (existsSync(file)) throw new Failure(said.assignmentThere(relativeToCwd(file)));
  const worksheet = await readSource(join(notebookFolder, 'exercises.ts'));
  const { cells, ...rest } = notebookOf(worksheet, language);
  const source = tables[language].class.assignment;
  const head: Cell = { cell_type: 'markdown', id: 'head', metadata: {}, source };
  const all = [head, ...cells.flatMap(cell => cellsOf(cell, language, exercises))];
  await writeNotebook(file, { ...rest, cells: all.map(cell => withRole(cell, cell.id)) });

  const packages = join(course, 'node_modules'); // of what is run below the course
  if (!existsSync(packages)) {
    rmSync(packages, { force: true }); // a link that leads nowhere now
    symlinkSync(join(projectRoot, 'node_modules'), packages, 'junction');
  }
  const [own, config] = [join(course, OWN), join(course, 'nbgrader_config.py')];
  writeWhole(own, readFileSync(join(__dirname, OWN)));
  const [line, text] = [`load_subconfig('${OWN}')`, readText(config)];
  if (text === undefined) writeWhole(config, `${line}\n`);
  else if (!text.includes(line)) console.log(said.addToConfig(relativeToCwd(config), line));
  return [file, own, config];
}

/** Returns what an assignment has of a cell of the worksheet: of an answer that is wanted, its check apart. */
function cellsOf(cell: Cell, language: Language, exercises: readonly Exercise[]): Cell[] {
  const source = joinText(cell.source);
  const stage = stageOf(cell)?.number;
  const [, id = ''] = /^(?:### |[\s\S]*\n\nawait check\(')([\d.]+)/.exec(source) ?? [];
  const exercise = exercises.find(exercise => exercise.id === id);
  const isWanted = stage ? exercises.some(({ id }) => id.startsWith(`${stage}.`)) : exercise || !id;
  if (!isWanted || cell.metadata.tags?.includes('worksheet')) return [];
  if (!exercise || !isCode(cell)) return [cell];
  const [starter, call = ''] = source.split(/\n\n(?=await check\()/);
  const solution = `// BEGIN SOLUTION\n${exercise.texts[language].solution.trim()}\n// END SOLUTION`;
  const answer = { ...cell, source: solution, metadata: { digits: { starter } } };
  // Imported again, in case an answer has a check of its own.
  const test = `import { check } from 'digits';\n${call.replace(');', ', { throws: true });')}`;
  const check = { ...cell, id: `${cell.id}-check`, source: test, metadata: {} };
  const place = id.replace('.', '-');
  return [
    withRole(answer, `answer-${place}`, { solution: true, locked: false }),
    withRole(check, `check-${place}`, { grade: true, points: exercise.level }),
  ];
}

/** Gives a cell nbgrader's metadata unless it has them: one that is only read is put back as it was. */
function withRole(cell: Cell, grade_id: string, own = {}): Cell {
  const read = { schema_version: 3, grade: false, solution: false, locked: true, task: false };
  const nbgrader = cell.metadata.nbgrader ?? { ...read, grade_id, ...own };
  return { ...cell, metadata: { ...cell.metadata, nbgrader } };
}
