/** Writes the exercises as an assignment of an nbgrader course. */
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Exercise } from 'digits/exercises/judging/exercise';
import type { Language } from 'digits/language';
import { Failure } from '../project/failure.mjs';
import { fromHere, readText, writeWhole } from '../project/files';
import { messages, tables } from '../project/messages';
import { projectRoot } from '../project/paths';
import { type Cell, isCode, joined, writeNotebook } from '../publish/notebook';
import { notebookFolder, notebookOf, readSource, stageOf } from '../publish/source';

/** The name of our part of a course's configuration, and the line that takes it in. */
const PART = 'nbgrader_digits.py';
const TAKES_PART = `load_subconfig('${PART}')`;

/**
 * Writes the instructor's version of an assignment into a course; `nbgrader generate_assignment` makes
 * of it what learners get. A configuration that the course has already stays as it is.
 *
 * @param name of the assignment.
 * @returns what was written.
 * @throws Failure if the assignment is there: a teacher may have changed it.
 */
export async function writeAssignment(
  course: string,
  name: string,
  language: Language,
  exercises: readonly Exercise[],
): Promise<string[]> {
  const said = messages().class;
  const file = join(course, 'source', name, `exercises.${language}.ipynb`);
  if (existsSync(file)) throw new Failure(said.assignmentThere(fromHere(file)));
  const { cells, ...rest } = notebookOf(
    await readSource(join(notebookFolder, 'exercises.ts')),
    language,
  );
  const source = tables[language].class.assignment;
  const head: Cell = { cell_type: 'markdown', id: 'head', metadata: {}, source };
  const all = [head, ...cells.flatMap(cell => cellsOf(cell, language, exercises))];
  await writeNotebook(file, { ...rest, cells: all.map(withRole) });

  // What is handed in is run below the course, from where its imports resolve.
  const packages = join(course, 'node_modules');
  if (!existsSync(packages)) {
    rmSync(packages, { force: true }); // a link that leads nowhere now
    symlinkSync(join(projectRoot, 'node_modules'), packages, 'junction');
  }
  const [part, config] = [join(course, PART), join(course, 'nbgrader_config.py')];
  writeWhole(part, readFileSync(join(__dirname, PART)));
  const own = readText(config);
  if (own === undefined) writeWhole(config, `${TAKES_PART}\n`);
  else if (!own.includes(TAKES_PART)) console.log(said.addToConfig(fromHere(config), TAKES_PART));
  return [file, part, config];
}

/** Returns what an assignment has of a cell of the worksheet: of an answer that is wanted, its check apart. */
function cellsOf(cell: Cell, language: Language, exercises: readonly Exercise[]): Cell[] {
  const source = joined(cell.source);
  const stage = stageOf(cell)?.number;
  const [, id = ''] = /^(?:### |[\s\S]*\n\nawait check\(')([\d.]+)/.exec(source) ?? [];
  const exercise = exercises.find(exercise => exercise.id === id);
  const isWanted = stage ? exercises.some(({ id }) => id.startsWith(`${stage}.`)) : exercise || !id;
  if (!isWanted || cell.metadata.tags?.includes('worksheet')) return [];
  if (!exercise || !isCode(cell)) return [cell];
  const { level: points, texts } = exercise;
  const [starter = '', call = ''] = source.split(/\n\n(?=await check\()/);
  const solution = `// BEGIN SOLUTION\n${texts[language].solution.trim()}\n// END SOLUTION`;
  // Imported again, in case an answer has a check of its own.
  const test = `import { check } from 'digits';\n${call.replace(');', ', { throws: true });')}`;
  const place = id.replace('.', '-');
  const answer = role(`answer-${place}`, { solution: true, locked: false });
  const grade = role(`check-${place}`, { grade: true, points });
  return [
    { ...cell, source: solution, metadata: { digits: { starter }, ...answer } },
    { ...cell, id: `${cell.id}-check`, source: test, metadata: grade },
  ];
}

/** Returns the metadata of a cell as the third schema of nbgrader has them; unless told, it is there to be read. */
const role = (grade_id: string, own: object = {}) => {
  const read = { schema_version: 3, grade: false, solution: false, locked: true, task: false };
  return { nbgrader: { ...read, grade_id, ...own } };
};

/** Has nbgrader put a cell back as it was that is neither an answer nor a check. */
const withRole = (cell: Cell): Cell =>
  cell.metadata.nbgrader ? cell : { ...cell, metadata: { ...cell.metadata, ...role(cell.id) } };
