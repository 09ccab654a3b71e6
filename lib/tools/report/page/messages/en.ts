import type { ProblemKind } from '../../read';

/** The texts of the report's page, in English. */
export const en = {
  title: 'Where the class is',
  intro:
    'Paste what your learners have sent, or drop their notebooks here. All is computed in this page: nothing is sent, and nothing is kept when you close it.',
  fake: 'Lines and outputs can be made up. To be sure, run the notebooks anew: npm run report -- --run FOLDER.',
  paste: 'Lines of learners',
  pasted: 'pasted text',
  pasteHint: 'digits-report:1:… as many as you like, in messages or alone',
  choose: 'Choose notebooks or texts…',
  drop: 'or drop them anywhere on this page',
  clear: 'Clear',
  print: 'Print',
  csv: 'Download a CSV table',
  none: 'Nobody yet.',
  count: (learners: number, passed: number, all: number) =>
    `${learners} ${learners === 1 ? 'learner' : 'learners'}; ${passed} of ${all} exercises passed by at least half`,
  problems: 'Not counted, or doubtful',
  exercisesByLearner: 'Exercises by learner',
  key: '✓ passed (with the wrong tries before it), ✗ tried (with the wrong tries), · not tried',
  name: 'Learner',
  passed: 'Passed',
  filter: 'Name contains',
  lacking: 'Not passed',
  anything: 'any exercise, or none',
  sortBy: (what: string) => `Sort by ${what}`,
  state: (passed: boolean, tries: number) =>
    `${passed ? 'passed after' : 'not passed,'} ${tries} wrong ${tries === 1 ? 'try' : 'tries'}`,
  untried: 'not tried',
  exercises: 'Exercises',
  exercise: 'Exercise',
  tries: 'Tries (median)',
  mistakes: 'Commonest mistakes',
  mistake: (words: string, learners: number) =>
    `${words} (${learners} ${learners === 1 ? 'learner' : 'learners'})`,
  unnamed: 'Another mistake, or code that stopped',
  newMistake: 'A mistake that only a newer version of the lesson names',
  guesses: 'Guesses beside what came out',
  option: 'Option',
  picked: 'Guessed by',
  right: 'Came out for',
  quiz: 'The quiz, most missed first',
  question: 'Question',
  missed: 'Missed by',
  answer: 'Right answer',
  of: (some: number, all: number) => `${some} of ${all}`,
  marks: 'Run anew',
  other: '中文',
  kinds: {
    cut: 'a line is cut: its end is missing. Ask for it again.',
    damaged: 'a line was changed on its way: its check sum does not fit. Ask for it again.',
    doubled: 'a line came twice; it counts once.',
    empty: 'there is nothing in it.',
    newer: 'a line is of a newer version of the lesson. Open the report of that version.',
    noLine:
      'there is no line of a learner in it. It begins with digits-report: and comes from await report().',
    noNotebook: 'this is no notebook: it is not the JSON of one, or cut.',
    noOutputs:
      'the outputs of this notebook were cleared, or its checks have not run. Ask for it with outputs, or run it anew: npm run report -- --run FOLDER.',
    older: 'an earlier line of the same learner; the latest counts.',
    otherLesson: 'this is a notebook of another lesson: nothing in it calls check.',
    redefined:
      'this notebook defines check itself, so what it shows may not be the lesson’s. Run it anew: npm run report -- --run FOLDER.',
    tooLarge: 'more than 20 million characters: no notebook of this lesson is that large.',
    unreadable: 'it cannot be read.',
  } satisfies Record<ProblemKind | 'unreadable', string>,
};
