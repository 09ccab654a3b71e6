/** What learners read of the kernels, in English. */

const menu = 'menu Run → Run All Above Selected Cell';

/** The texts of the page, which it loads without all the others. */
export const page = {
  banner: 'TypeScript in the browser',
  restarted:
    'This cell did not stop by itself, so the kernel was restarted and its variables are lost. Run the cells above again: menu Run → Run All Above Selected Cell.',
  notLoaded: (reason: string) =>
    `The kernel could not be loaded${reason && ` (${reason})`}. Check your connection, then reload the page.`,
  /** Why what runs the cells has ended. */
  ended: {
    exit: `The cell ended the kernel (process.exit), which was started again. All variables are lost: run the cells above again (${menu}).`,
    memory: `The kernel's memory was full, so it was started again. All variables are lost: make the data smaller, then run the cells above again (${menu}).`,
    unknown: `The kernel ended unexpectedly, perhaps because the computer's memory was full, and was started again. All variables are lost: run the cells above again (${menu}).`,
  },
};

export const en = {
  cells: {
    interrupted: 'the cell was interrupted',
    pending: 'This value is not ready yet. Is an await missing?',
    tooMuchOutput: '(Too much output; the rest is not shown.)',
    unheard:
      'prompt() cannot ask yet: this page was opened before the site was ready for it. Save the notebook, reload the page, and run the cells again. In a private window it may never be ready: then write the value into the cell.',
    unattended:
      'prompt() has nobody to ask: it works only while its cell runs, in JupyterLab or a console. Otherwise write the value into the cell.',
  },

  ended: page.ended,

  compiler: {
    ended:
      'The TypeScript compiler stopped while reading this cell and has been restarted; all variables are still there. Run the cell again; if it stops again, split the cell.',
  },

  imports: {
    notLoaded: (reason: string) =>
      `The lesson's code could not be loaded (${reason}). Check your connection, reload the page, and run the cell again.`,
    notHere: (name: string, known: readonly string[]) =>
      `'${name}' cannot be imported in the browser. Available here: ${known.join(', ')}. For other packages and files, install the lesson on a computer.`,
    noMember: (from: string, name: string) => `Module '${from}' has no exported member '${name}'.`,
  },

  hints: {
    punctuation: (sign: string, ascii: string) =>
      `"${sign}" is a Chinese punctuation mark; write ${ascii}`,

    pythonLine: (code: string) => `This line is Python; in TypeScript, write ${code}`,
    python: (theirs: string, ours: string) => `Python's ${theirs} is ${ours} in TypeScript`,
    sliceOfArray: (code: string) => `${code} (for an array)`,
    slices: (forArrays: string, forTensors: string) =>
      `${forArrays} (for an array) or ${forTensors} (for a tensor or loaded data: where to start, how many)`,
    keywordArgument: (shown: string, value: string, object: string) =>
      `TypeScript has no keyword arguments such as ${shown}: pass just the value, ${value}, in the right position, or ${object} if the function takes an options object`,
    options: (shown: string, code: string) =>
      `TypeScript has no keyword arguments such as ${shown}; pass options in an object: ${code}`,

    terminal: 'This is a command for a terminal; a cell runs TypeScript alone',
    help: 'For help on a name, put the cursor into the name and press Shift+Tab',
    jsx: 'A cell has no JSX. To show HTML, import * as tslab from "tslab" and write tslab.display.html("…")',

    wait: (code = 'put await before it') =>
      `This value is not ready yet (it is a Promise). Wait for it: ${code}`,
    waitForAll:
      'These values are not ready yet (they are Promises). Write await Promise.all(…) to wait for all of them',
    async: (code: string) => `A function that uses await must start with async: ${code}`,

    tensorFlow: {
      noBatchAxis: (shape: string) =>
        `The model computes in batches, and a single sample needs the batch axis too: write x.reshape(${shape})`,
      tooManyAxes: (shape: string) =>
        `The sample has one axis too many, ${shape}: pass the tensor itself, without further brackets or tf.stack`,
      nestedArrays:
        'predict takes a tensor, not brackets around a tensor: for one sample write x.reshape([1, 28, 28]) or xTest.slice(0, 1)',
      otherSamples:
        'The samples have another shape than the first layer expects: compare x.shape with the inputShape of the model, and reshape x; a single sample needs a batch axis, too: [1, …]',
      labels:
        'The labels do not fit the loss. sparseCategoricalCrossentropy takes the classes, of shape [samples]; categoricalCrossentropy takes one-hot labels, tf.oneHot(y, 10)',
      unequalCounts: (samples: string, labels: string) =>
        `There must be one label per sample, but x has ${samples} samples and y has ${labels} labels: take the same part of both`,
      notCompiled:
        'This model has not been compiled since it was built: run the cell with model.compile first',
      noLayers: 'The model has no layers yet: run the cell that adds the layers first',
      noInputShape:
        'The first layer needs the shape of one sample, without the batch axis: { inputShape: [28, 28] } for pictures',
      toFloat: 'This operation takes float32 numbers only: write y.toFloat()',
      tensorList: (name: string, method: string) =>
        `${name} is a list of tensors. Take one of them first: ${name}[0].${method}(…)`,
      noHandler:
        "TensorFlow.js cannot save or load at this address here. Write await digits.saveModel(model, 'my-network') and await digits.loadModel('my-network')",
      names: (names: string) => `TensorFlow.js knows these names: ${names}`,
      disposed:
        'This tensor or model was disposed of, by dispose or tf.tidy, and its numbers are gone: run the cell that makes it again',
      noBackend:
        'No device has been started: run await digits.useDevice() first (stage 2), or await tf.ready()',
      busy: 'This model is already being trained. Wait for that to end, or interrupt it first',
      noOperation: (name: string, node: string | undefined) =>
        `The WebAssembly engine lacks the operation ${name}. ${
          node
            ? 'Install the native engine (npm run setup), or use other layers'
            : 'Use other layers, or install the lesson on a computer: its native engine can train this model'
        }`,
      divisor: 'For pixels, write divide(trainImages, 255)',
      gpuMemory:
        "The GPU's memory is already in use, most likely by another process, such as another notebook. Close that process (nvidia-smi lists who is using the memory), wait a moment, restart the kernel and run again; or set DIGITS_DEVICE=cpu to compute on the CPU",
    },

    count: (name: string) => `For the number of items, write ${name}.shape[0]`,
    loadedData: (name: string) =>
      `${name} is loaded data: its numbers are in ${name}.data. To make a tensor, write divide(${name}, 255) for pictures or tf.tensor1d(${name}.data, 'int32') for labels`,
    tooNew: (node: string | undefined, name: string) =>
      node
        ? `Node ${node}, which runs this kernel, does not have ${name} yet; a newer Node does`
        : `This browser does not have ${name} yet; a newer one does`,
    write: (code: string) => `Write ${code}`,
    meant: (name: string) => `Did you mean ${name}?`,

    onlyInPages: (name: string) => `${name} exists only in a web page, not in a cell`,
    declare: (code: string, meant?: string) =>
      `${meant ? `Did you mean ${meant}? ` : ''}Declare a new name first: ${code}`,
    declaration: (statement: string) => `const ${statement}, or let if its value will change`,
    isWithin: (name: string) => `${name} exists only inside the function or braces that declare it`,
    meantOrAbove: (name: string) =>
      `Did you mean ${name}? If not, run the cells above first (${menu})`,
    missing: (name: string) =>
      `${name} does not exist yet. Run the cells above first (${menu}); if you have, check the spelling`,
    constant: (name: string) => `Declare a value that changes with let: let ${name} = …`,

    repeatArray: (code: string) => `* does not repeat an array; write ${code}`,
    repeatString: (code: string) => `* does not repeat a string; write ${code}`,
    numbersOnly: (sign: string, tensor: string, array?: string, pictures?: string) =>
      [
        `${sign} works on numbers only. For a tensor, write ${tensor}`,
        ...(array ? [`for an array, ${array}`] : []),
        ...(pictures ? [`for loaded pictures, ${pictures}`] : []),
      ].join('; '),
    addTensors: (code: string) => `To add tensors, write ${code}`,
    joinArrays: (code: string) => `+ does not join arrays; write ${code}`,
    addToEach: (code: string) => `+ does not add a number to each item of an array; write ${code}`,

    expected: (expected: string, came: string, code?: string) =>
      `Expected ${expected} here, but received ${came}${code ? `: write ${code}` : ''}`,
    expectedOptions: (came: string) => `Expected an options object, { … }, but received ${came}`,
    arguments: (name: string, expected: string, came: string) =>
      `${name || 'The function'} takes ${expected.replace('-', ' to ')} arguments, but received ${came}. Put the cursor after its name and press Shift + Tab to see them`,
    add: (members: readonly string[]) => `Add ${members.join(', ')}`,
    hasNo: (type: string, name: string) => `${type} has no ${name}`,
    /** A type, with the word for it; some words say all that the type does. */
    type: (name: string, word?: string, isWhole?: boolean) =>
      word ? (isWhole ? word : `${word} (${name})`) : name,
    types: {
      number: 'a number',
      string: 'a string',
      boolean: 'a boolean',
      function: 'a function',
      array: 'an array',
      tensor: 'a tensor',
      loaded: 'loaded data',
    },
  },
};

/** The texts that each language has. */
export type Messages = typeof en;
export type PageMessages = typeof page;
