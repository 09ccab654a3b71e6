import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Count the parameters',
  task: ['A Dense layer has `inputs` inputs and `units` units. How many parameters does it have?'],
  starter: `
const denseParameters = (inputs: number, units: number) => {
  // return …
};
`,
  hints: [
    'How many weights does one unit have? Add its bias, then multiply by the number of units.',
    'inputs * units are the weights; now add the biases.',
  ],
  inputs: (inputs: string, units: string) => `${inputs} inputs, ${units} units`,
  wrong: {
    noBiases: 'That counts only the weights. Each unit has a bias, too.',
    biasPerInput: 'There is one bias for each unit, not for each input.',
    oneBias: 'The layer does not share one bias; each unit has its own.',
    biasesForAll: 'The inputs have no biases; only the units have.',
    added: 'Each unit is connected to each input, and each connection has a weight: multiply.',
    lessonLayer: 'This is always the layer of the lesson; inputs and units are not used.',
  },
  reward:
    'Inputs times units are the weights, and each unit adds one bias. Most parameters of the lesson’s model are in its first layer: 784 × 128.',
  reasoning:
    'Each unit has a weight for every input, and a bias, which belongs to no input: inputs + 1 parameters. Units share nothing, so each of them has as many.',
  solution: `
const denseParameters = (inputs: number, units: number) => inputs * units + units;
`,
} satisfies ExerciseText;
