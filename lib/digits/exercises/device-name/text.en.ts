import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Carry on without a GPU',
  task: [
    "`gpus` holds the names of the GPUs that were found; it may be empty. Return the name of the first GPU, or `'CPU'` if there is none.",
  ],
  starter: `
const deviceName = (gpus: string[]) => {
  // return …
};
`,
  hints: [
    'Think of the empty list first: what should the function return when gpus.length is 0?',
    'condition ? a : b gives a if the condition holds, and b otherwise: gpus.length > 0 ? gpus[0] : …',
  ],
  wrong: {
    noDefault: 'gpus[0] finds nothing in an empty list: this is where the original tutorial stops.',
    alwaysCpu: 'There is a GPU in the list, but it is not used.',
    last: 'That is the last GPU of the list; it should be the first.',
    onlyMany: 'A single GPU should be used, too.',
    second: 'Places count from 0: gpus[1] is the second GPU.',
    list: 'That is the whole list; it should be the name of the first GPU.',
    word: "It should be the name of the GPU, not the word 'GPU'.",
    exchanged: 'The two cases are the wrong way round.',
    lowerCase: "Write 'CPU' in capital letters.",
  },
  reward:
    'The first GPU if there is one, and otherwise the CPU. Having no GPU is not an error: the program should carry on.',
  solution: `
const deviceName = (gpus: string[]) => (gpus.length > 0 ? gpus[0] : 'CPU');
`,
} satisfies ExerciseText;
