/** The texts of the report's page, in English. */
export const en = {
  title: 'Where the class is',
  intro:
    'Paste what your learners have sent, or drop their notebooks here. All is computed in this page: nothing is sent, and nothing is kept when you close it.',
  home: 'The lesson',
  how: 'How to give and mark a lesson',
  steps: [
    'Choose three or four exercises, or take those of the message, and do them yourself first. For 50 minutes: 5 to open the notebook and run its preparation, 8 for each exercise, 10 to talk about the commonest mistakes, which this page names.',
    'Send your class the message below. The exercises run in each learner’s browser, and need no account.',
    'Paste the whole chat here, or drop the notebooks. You see who passed what, and in words where the class is stuck; a damaged line is named, with its sender.',
    'Download the CSV table for your marks, or print this page.',
  ],
  read: 'All exercises, to read',
  message: 'Message to the class, to be changed as you like',
  toClass: (address: string) =>
    `Open this address on a computer, in Chrome, Edge, Firefox or Safari:
${address || '(address of the exercises)'}
Run each cell below “Preparation” with Shift+Enter, until you come to the exercises. Do 3.1, 3.2, 6.1 and 7.1: write your answer, run the cell, read what it says, and try again.
At the end write your name into the last cell of the notebook, and run it: await report('Your name')
Send me the whole line that begins with digits-report. (Or save, choose File > Download, rename the file to your name, and send me that.)`,
  fake: 'Lines and outputs can be made up. If that matters, hand out the exercises through nbgrader, whose autograder runs every answer again: npm run export -- nbgrader.',
  paste: 'Lines of learners',
  pasted: 'pasted text',
  pasteHint: 'digits-report:1:… as many as you like, in messages or alone',
  choose: 'Choose notebooks or texts…',
  drop: 'or drop them anywhere on this page',
  clear: 'Clear',
  print: 'Print',
  csv: 'Download a CSV table of all',
  none: 'Nobody yet.',
  count: (learners: number, passed: number, all: number) =>
    `${learners} ${learners === 1 ? 'learner' : 'learners'}; ${passed} of ${all} exercises passed by at least half`,
  nobody: 'Exercises that nobody has tried are left out.',
  problems: 'Not counted, or doubtful',
  exercisesByLearner: 'Exercises by learner',
  key: '✓ passed (with the wrong tries before it), ✗ tried (with the wrong tries), · not tried.',
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
  wrongTries: (id: string) => `${id} wrong tries`,
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
      'the outputs of this notebook were cleared, or its checks have not run. Ask for it with outputs.',
    older: 'an earlier line of the same learner; the latest counts.',
    otherLesson: 'this is a notebook of another lesson: nothing in it calls check.',
    shared: 'one browser or folder, so one record of exercises; each of these names counts.',
    sameName: 'two learners have this name; a number in brackets tells them apart.',
    redefined:
      'this notebook defines check itself, so what it shows may not be the lesson’s. Read its cells, or mark it with nbgrader.',
    tooLarge:
      'a hand-in has at most 10 MB; the whole lesson with its outputs has 2.5. Ask for the line that await report() prints.',
    unreadable: 'it cannot be read.',
  },
};
