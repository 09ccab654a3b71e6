import type { NotRecordableError } from 'tfjs-graph';

/** Why a model trains by TensorFlow.js's own steps. */
export type FallbackCode = NotRecordableError['code'];

/** What learners read, in English: one section for each room of the package. */
export const en = {
  device: {
    /** Kinds of engine, as `versions` names them. */
    kinds: { gpu: 'GPU', cpu: 'CPU, native engine', wasm: 'CPU, WebAssembly' },
    toBeUsed: 'Device to be used',
    browser: 'Browser',
    cores: (count: number) => (count === 1 ? '1 core' : `${count} cores`),

    described: (unit: string, hardware: string, engine: string, threads: string, why: string) =>
      [
        `Device: ${unit}, ${hardware}`,
        `Engine: ${engine}${threads}`,
        `Why: ${why}`,
        unit === 'GPU'
          ? 'GPU memory growth: on'
          : 'GPU memory growth: on; no GPU is in use, so it has no effect, and the lesson runs as usual',
      ].join('\n'),
    threads: (all: number) => `, ${all} thread${all > 1 ? 's' : ''} (DIGITS_THREADS)`,

    noSuchDevice: (kinds: readonly string[], value: string) =>
      `Expected the device to be one of ${kinds.join(', ')} but received '${value}'. Correct DIGITS_DEVICE, or unset it to use the fastest device.`,
    noThreads: (most: number, value: string) =>
      `Expected DIGITS_THREADS to be a whole number from 1 to ${most} but received '${value}'. Correct it, or unset it to use all cores.`,
    wasmNotStarted: (folder: string) =>
      `The WebAssembly engine did not start. Its files should be under ${folder}. Reload the page; if that does not help, ask the maintainer of the site to check that folder.`,

    /** Why an engine runs and not a faster one. */
    why: {
      asked: 'you asked for it',
      driverFound: (version: string) => `the NVIDIA driver${version} was found`,
      noDriver: 'no NVIDIA driver was found',
      hidden: (value: string) =>
        `CUDA_VISIBLE_DEVICES='${value}' hides the GPU; unset it to use the GPU`,
      noAddon: 'the native engine is not installed; `npm run setup` installs it',
      noAddonHere: (machine: string) =>
        `the native engine is not available for ${machine}, so WebAssembly is used`,
      addonFailed: (line: string) =>
        `the native engine cannot be loaded (${line}); \`npm run doctor\` says what is missing`,
      running:
        'it is already running and cannot be changed until the kernel ends; restart the kernel to use another',
      memoryTaken:
        "the GPU's memory is already in use, most likely by another process, such as another notebook; `nvidia-smi` lists who is using it. Once it is free, restart the kernel to use the GPU",
      librariesMissing:
        'an NVIDIA driver is present, but the CUDA libraries are missing; `npm run setup` installs them',
      broken: (how: string) =>
        `the GPU cannot compute (${how}); check the card and its driver with \`nvidia-smi\`, or set DIGITS_DEVICE=cpu`,
      noneNamed: (value: string) =>
        `CUDA_VISIBLE_DEVICES='${value}' names no usable GPU; unset it to use the GPU`,
      notFound: (reason?: string) =>
        `an NVIDIA driver is present, but TensorFlow found no usable GPU${reason ? ` (${reason})` : ''}; install the CUDA libraries with \`npm run setup\`, and check the driver with \`nvidia-smi\``,
      inBrowser: 'the lesson runs in the browser, with nothing installed',
      onlyInBrowser:
        'a browser offers no other engine; for the GPU or the native engine, install the lesson on a computer',
    },

    /** @param reason what the engine says, in English. @param _detail a name, or a message. */
    fallback: (reason: string, _code: FallbackCode, _detail: string) =>
      `This model is trained by TensorFlow.js's own steps, which are slower, because ${reason}.\n`,
  },

  drawn: {
    yours: (label: number) => `Your digit, ${article(label)}.`,
    specimen: (label: number) =>
      `There is no digit of yours yet, so ${article(label)} that comes with the lesson takes its place. To use your own, draw it on the pad at the beginning of the lesson, check below the pad which digit it is, and run this cell again. If your digit still does not arrive, as in VS Code, copy the line of text below the pad and paste it between the brackets: digits.drawn('d1.…').`,
    restored: (label: number) =>
      `Your digit, ${article(label)}, from the last time. To use another, draw it on the pad at the beginning of the lesson, and run this cell again.`,
    other: (received: string) =>
      `Expected a line of the pad, such as digits.drawn('d1.…'), but received ${received}. Draw a digit on the pad, unfold the line of text below it, press Copy, and paste the line here.`,
    version: (version: number) =>
      `Expected a line of version 1 but received one of version ${version}, which another edition of the lesson has made. Draw the digit again on the pad of this lesson, and copy its line.`,
    cut: (expected: number, received: number) =>
      `Expected a line of ${expected} characters but received only ${received}: some are missing. Copy the whole line, with the Copy button below the pad.`,
    changed:
      'Expected the line as the pad printed it, but a character was changed on the way: its check sum does not fit. Copy the line again, with the Copy button below the pad, rather than type it.',
    isSet:
      'Expected the line of a single digit but received a set of ten, with a name. Pass it to digits.drawnSet(…), or copy the line of a pad that reads.',
    set: {
      /** Stands for the writer of the digit that comes with the lesson. */
      lesson: 'The lesson',
      unnamed: 'No name',
      how: "No line was given, so the set holds only the 4 that comes with the lesson. Let everybody run digits.digitPad('set'), write the digits 0 to 9 and press Copy; then paste all the lines between the backquotes of digits.drawnSet(``), one below the other.",
      read: (lines: string, digits: string, writers: string) =>
        `${counted(lines, 'line', 'lines')}: ${counted(digits, 'digit', 'digits')} by ${counted(writers, 'writer', 'writers')}.`,
      leftOut: (line: number, begins: string, why: string) =>
        `Line ${line}, ${begins}, was left out. ${why}`,
      repeated: (line: number, first: number) =>
        `Line ${line} is the same as line ${first} and counts only once.`,
      namesake: (line: number, name: string, writer: string) =>
        `Line ${line}: ${name} has come before, so this writer is called ${writer}.`,
      none: (lines: number) =>
        `Expected at least one line of the pad digitPad('set') that can be read, but received ${lines === 1 ? 'one that cannot' : `${lines} of which none can`}. Copy them again, with the Copy button below that pad.`,
    },
  },

  exercises: {
    verdicts: { right: 'Right. ', wrong: 'Not yet. ', blank: 'Your turn. ' },
    hint: 'Hint: ',
    solution: 'The solution: ',
    /** Above the code of a solution in its notebook. */
    solutionTitle: 'Solution',
    unknown: (id: string, ids: string) => `There is no exercise ${id}. There are: ${ids}.`,
    brokenOff: (error: string) => `Your code stopped with an error: ${error}`,
    endless: (seconds: number) =>
      `For ${seconds} seconds your code has neither ended nor computed anything: a Promise that it waits for never settles. Is a call of resolve missing?`,
    incompatibleShapes: (a: string, b: string) => `Incompatible shapes: ${a} vs. ${b}`,
    vector:
      'matMul takes matrices, and one of these is a vector. v.reshape([1, -1]) makes a vector v into a matrix of one row.',
    seenTest:
      'This model was trained on the test pictures, so it has seen the answers. Train on xTrain and yTrain only.',
    seenValidation:
      'This model was trained on the pictures that are kept for validation, the last 12,000 of xTrain, so it has seen the answers. Give fit validationSplit: 0.2, or train on the first 48,000 alone.',
    turned: 'MNIST turned by 90°',

    /** Names the inputs of a call. */
    listed: (...inputs: string[]) => inputs.join(', '),
    compared: {
      sentence: (inputs: string, seen: string, why?: string) =>
        `${inputs}: ${seen}${why ? ` ${why}` : ''}`,
      error: (expected: string, error: string) =>
        `the result should be ${expected}, but your code stops with an error: ${error}.`,
      result: (expected: string, got: string) =>
        `the result should be ${expected}; yours is ${got}.`,
      item: (at: number, expected: string, got: string) =>
        `number ${at} (counting from 0) should be ${expected}; yours is ${got}.`,
      cell: (row: number, column: number, expected: string, got: string) =>
        `row ${row}, column ${column} should be ${expected}; yours is ${got}.`,
    },

    answers: {
      none: 'There is no answer yet.',
      nothingReturned: (result: string) =>
        `Your function returns ${result}: it is not finished, or a return is missing.`,
      nan: 'The result is NaN, which is not a number. It comes from computing with undefined or with text.',
      stillTensor: (shape: string) =>
        `This is still a tensor (shape [${shape}]), not a plain number. Its content is on the device; read it back.`,
      listOfOne: (value: string) =>
        `This should be a number, but it is an array that holds one, ${value}. Take it out with [0].`,
      textNumber: (value: string) => `${value} is text, not a number.`,
      noNumber: (value: string) => `This should be a number, but it is ${value}.`,
      noList: (value: string) => `This should be a list of numbers, but it is ${value}.`,
      strangeItem: (value: string, item: string) =>
        `This should be a list of numbers, but it is ${value}, and ${item} is not a number.`,
      noTensor: (value: string) =>
        `This should be a tensor, but it is a JavaScript value, ${value}. tf.tensor… turns numbers into a tensor.`,
      freed:
        'This tensor has been freed, and its numbers are gone. Do not free the tensor that you return.',
      noFunction: (value: string) => `This should be a function, but it is ${value}.`,
      missingFields: (names: readonly string[], missing: readonly string[]) =>
        `This should be an object { ${names.join(', ')} }; ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing.`,
    },

    models: {
      none: (value: string) => `This should be a model, but it is ${value}.`,
      several: 'The model should have a single input and a single output.',
      flatInput:
        'The model takes 784 numbers, but a picture is 28 × 28. Let Flatten come first: it lays a picture out as 784 numbers.',
      otherInput: (shape: string) =>
        `The model should take a batch of 28 × 28 pictures; now a sample has the shape [${shape}].`,
      noFlatten:
        'The output has the shape (None, 28, 10): ten numbers for each row of pixels. Without Flatten, the picture is not laid out as one vector.',
      otherOutput: (shape: string) =>
        `There should be ten numbers for each picture; now the output has the shape [${shape}].`,
      hiddenLayers: (found: number, wanted: number) =>
        `This model has ${found} hidden layer${found === 1 ? '' : 's'}; it should have ${wanted}. The output layer does not count; layers side by side count as one, and a layer used twice as two.`,
    },
  },

  findings: {
    between: ' ',
    cover: 'Compare with what this run shows',
    noHistory: (received: string) =>
      `Expected what model.fit returned but received ${received}. Write const history = await model.fit(…), and pass history.`,

    training: {
      none: 'Training ended before its first epoch did, so there are no values to compare. Run the cell again and let it finish.',
      early: (epochs: number, planned: number) =>
        `Training ended early, after ${epochs} of ${planned} epochs.`,
      loss: {
        single: (loss: string) => `After one epoch the training loss is ${loss}.`,
        fell: (first: string, last: string, epochs: number) =>
          `In ${epochs} epochs the training loss fell from ${first} to ${last}.`,
        rose: (first: string, last: string, epochs: number) =>
          `In ${epochs} epochs the training loss rose from ${first} to ${last}: something is wrong, most likely the learning rate.`,
        same: (loss: string) =>
          `The training loss is ${loss} at the end, as in the first epoch: the network has learnt nothing.`,
      },
      validationLoss: {
        single: (loss: string) => `The validation loss is ${loss}.`,
        fell: (first: string, last: string, _epochs: number) =>
          `The validation loss fell from ${first} to ${last}.`,
        rose: (first: string, last: string, _epochs: number) =>
          `The validation loss rose from ${first} to ${last}.`,
        same: (loss: string) => `The validation loss is ${loss} at the end, as at the beginning.`,
      },
      noValidation: 'No samples were kept for validation, so overfitting would go unseen.',
      right: (training: string) => `At the end ${training} of the training pictures are right.`,
      rightBoth: (training: string, validation: string, gap: string) =>
        `In the last epoch ${training} are right in training and ${validation} in validation, ${gap} percentage points apart.`,
      meanOfEpoch:
        ' Training looks worse only because its value averages the whole epoch, first steps included.',
      lowest: (epoch: number, loss: string) =>
        `The validation loss was lowest in epoch ${epoch}, at ${loss}, and has not fallen below that since.`,
      overfitting: 'The training loss fell on all the while: a sign of overfitting.',
      stillFalling: 'The validation loss was still falling when training ended.',
      guessed:
        'That is about as good as guessing: the network has learnt nothing. The first thing to try is a smaller learning rate.',
      lowestAtEnd: 'The validation loss went up and down, and was lowest at the end.',
    },

    test: {
      noLoss: (received: string) =>
        `Expected the loss of the test but received ${received}. Write const [testLoss, testAccuracy] = model.evaluate(…), and pass both.`,
      noneWrong: 'Not one test picture is wrong.',
      wrong: (wrong: string) => `Of a hundred test pictures ${wrong} are wrong.`,
      wrongBoth: (wrong: string, before: string) =>
        `Of a hundred test pictures ${wrong} are wrong; of a hundred training pictures, in the last epoch, ${before} were wrong on average.`,
      loss: (loss: string, before: string) =>
        `The loss is ${loss}, and was ${before} in that epoch.`,
      guessed: 'That is about as good as guessing: there is nothing yet to generalise.',
      otherNetwork:
        'That is about as good as guessing, so this is not the network that was trained: it may have been built again (stage 5). Train it (stage 8), and test it again.',
      wholly: 'New pictures are read as well as those of training were: the network generalises.',
      mostly: (times: string) =>
        `New pictures are misread at least ${times} times as often as those of training: the network knows a few of these by heart, but it generalises.`,
      byHeart:
        'New pictures are misread at least twice as often as those of training: the network knows many of these by heart, a sign of overfitting.',
    },

    baselines: {
      cut: (wrong: string, without: string, share: string) =>
        `Without a hidden layer about ${without} of a hundred are wrong, here ${wrong}: the hidden layer leaves only ${share} of the errors.`,
      noBetter: (wrong: string, without: string) =>
        `Without a hidden layer about ${without} of a hundred are wrong, here ${wrong}: this network is no better.`,
      convolution: (wrong: string) =>
        `A small convolutional network does better still: about ${wrong} of a hundred.`,
      likeConvolution: (wrong: string) =>
        `That is as good as a small convolutional network, with about ${wrong} of a hundred.`,
    },

    mistakes: {
      none: 'Not one picture is misread.',
      commonest: (mistakes: string) => `${mistakes}.`,
      hardest: (digits: readonly number[], share: string) =>
        `Hardest to read: ${digits.join(', ')}, with ${share} misread.`,
      peopleToo: 'People mix these two up as well.',
    },

    firstFour: {
      allRight: (count: number, answers: readonly number[]) =>
        `${count === 1 ? 'It is' : `All ${count} are`} right: ${answers.join(', ')}.`,
      someWrong: (right: number, count: number, wrong: readonly string[]) =>
        `${right} of ${count} ${right === 1 ? 'is' : 'are'} right; ${wrong.join(', ')}.`,
      wrong: (place: number, label: number, answer: number) =>
        `number ${place} is ${label === 8 ? 'an' : 'a'} ${label} taken for ${answer}`,
    },
  },

  figures: {
    digit: 'Digit',
    label: 'Label',
    accuracy: 'Accuracy',
    loss: 'Loss',
    colon: ': ',
    chance: (digit: number, probability: string) => `${digit} (${probability})`,
    rightOf: (right: number, n: number) => `${right} of ${n} right`,
    notComputed: (name: string) =>
      `Expected what digits.${name}(model, …) returns: first const result = digits.${name}(…), then figures.${name}(result).`,

    baselines: {
      title: 'Errors on the test set',
      beyond: '≫ beyond the axis',
      alwaysOne: 'Always answering 1',
      noHiddenLayer: 'No hidden layer',
      network: 'This network',
      convolution: 'Convolution (ex. 10.4)',
      row: (name: string, right: string, wrong: string) =>
        `${name}: ${right} right, ${wrong} wrong`,
      compared: (noHiddenLayer: string, convolution: string) =>
        `Where this network makes one mistake, one without a hidden layer makes ${noHiddenLayer}, and one with convolution ${convolution}`,
    },

    boundary: {
      title:
        'Circles and squares that no straight line separates. Two layers without relu draw a straight line, with relu a bent one.',
      withoutRelu: 'Without relu:',
      withRelu: 'With relu:',
      wrong: (wrong: number, count: number) =>
        wrong === 0 ? `none of ${count} wrong` : `${wrong} of ${count} wrong`,
      key: ['● circle, □ square; orange: wrong.', 'Blue area: the network answers “circle”.'],
    },

    classCounts: {
      title: 'Samples of each digit, from 0 to 9',
      training: 'training',
      test: 'test',
      samples: 'Samples',
      row: (name: string, counts: readonly string[]) => `${name}: ${counts.join(' · ')}`,
      ends: (most: number, n: string, fewest: number, m: string) =>
        `; most: ${most} (${n}), fewest: ${fewest} (${m})`,
    },

    classTest: {
      all: 'The class',
      wrong: 'share read wrong',
      hover: '%{customdata[0]} of %{customdata[1]} wrong (%{x:.1%})<extra></extra>',
      result: (wrong: string, total: string, share: string) =>
        `The class: ${wrong} of ${total} read wrong, ${share}`,
      interval: (from: string, to: string) => `With so few samples, within ${from} to ${to}`,
      mnist: (share: string) => `MNIST's test set (dashed line): ${share}`,
      differs: {
        worse: 'Too far above to be chance',
        better: 'Too far below to be chance',
        alike: 'The difference may be mere chance',
      },
      between: '. ',
      row: (name: string, wrong: string, total: string, share: string, from: string, to: string) =>
        `${name}: ${wrong} of ${total} wrong, ${share} (95% interval: ${from} to ${to})`,
      noWriters: (count: string, received: string) =>
        `Expected a writer for each of ${count} samples but received ${received}. Write const [classImages, classLabels, writers] = digits.drawnSet(…), and pass classLabels, its predictions, and writers.`,
    },

    confusionMatrix: {
      prediction: 'Prediction',
      share: 'misread, share of the row',
      right: '%{y} recognised: %{customdata} (%{z:.1%})<extra></extra>',
      wrong: '%{y} taken for %{x}: %{customdata} (%{z:.1%})<extra></extra>',
      result: (total: string, wrong: string) => `${wrong} of ${total} wrong`,
      mistake: (label: number, prediction: number) => `${label} taken for ${prediction}`,
      commonest: (mistake: string, count: number, n: string) =>
        `In this run, one way: ${mistake}, ${times(count, n)}`,
      manyAlike: (count: number, n: string) =>
        `In this run no mistake came more than ${times(count, n)}`,
      fewAlike: (mistakes: readonly string[], count: number, n: string) => [
        `In this run, ${times(count, n)} each:`,
        mistakes.join(', '),
      ],
      hardest: (hardest: number, most: string, easiest: number, least: string) =>
        `Hardest: ${hardest}, ${most} wrong; easiest: ${easiest}, ${least}`,
      words: (result: string) => `Confusion matrix: ${result}.`,
      most: (mistakes: readonly string[]) => `The most common mistakes: ${mistakes.join('; ')}`,
      row: (label: number, right: string, total: string, mistakes: readonly string[]) =>
        `${label}: ${right} of ${total} right${mistakes.length > 0 ? `, taken for ${mistakes.join(', ')}` : ''}`,
      asOther: (prediction: number, count: string) => `${prediction} (${count})`,
    },

    digitRow: {
      noTitle:
        'Expected the second argument of digitRow to be { title, labels, predictions }. Write title, labels and predictions.',
    },

    digitWall: {
      rows: (counts: readonly number[]) =>
        new Set(counts).size === 1
          ? `A wall of digits: for each digit from 0 to 9 a row of ${counts[0]} pictures.`
          : `A wall of digits: a row for each digit from 0 to 9, with ${counts.join(', ')} pictures.`,
      variety: (digit: number, least: number, most: number) =>
        `The same digit is written in many ways: the ${digit}s alone have from ${least} to ${most} pixels of ink.`,
    },

    forwardPass: {
      otherEnd: (received: string) =>
        `Expected a model whose last layer is Dense with softmax, fed by a row of units, but its last layer is ${received}. End the model with tf.layers.dense({ units: 10, activation: 'softmax' }), with a Flatten before it if it receives pictures.`,
      pixels: (size: string, count: string, lit: number) => [
        `① ${size} pixels:`,
        `${count} numbers in a row, ${lit} of them not 0`,
      ],
      hidden: (count: string, silent: number, unit: number, largest: string) => [
        `② outputs of the ${count} hidden units:`,
        silent === Number(count)
          ? 'all are 0'
          : `${silent} are 0; unit ${unit} (counting from 0) has the largest, ${largest}`,
      ],
      logits: (count: number, digit: number, largest: string) => [
        `③ ${count} logits, positive or negative:`,
        `digit ${digit} has the largest, ${largest}`,
      ],
      probabilities: (count: number, digit: number) =>
        `④ softmax gives ${count} probabilities, for digit ${digit}:`,
      others: (others: readonly string[]) => `The next likeliest: ${others.join(', ')}`,
    },

    /** Joins the two lines of a heading into one. */
    inOneLine: (lines: readonly string[]) => lines.join(' '),

    history: {
      title: 'Loss and accuracy during training',
      epoch: 'Epoch',
      noLoss: (names: string) =>
        `Expected a history with at least one epoch of loss but received ${names}. Pass the history.history that fit returns.`,
      training: 'training',
      trainingEpoch: 'training, epoch',
      trainingSteps: (size: number) => (size === 1 ? 'training, step' : `training, ${size} steps`),
      validation: 'validation',
      earlierRun: 'earlier run',
      originalRun: 'the original tutorial',
      /** Names a run that the figure shows after a click on its name. */
      onClick: (name: string) => `${name} (click)`,
      lowest: (epoch: number, loss: string) => `lowest in<br>epoch ${epoch}: ${loss}`,
      from: (value: number) => `from ${value}`,
      noStep: 'No step has been trained yet',
      steps: (name: string, first: string, last: string) =>
        `${name}, step by step: ${first} → ${last}`,
      semicolon: '; ',
      course: (name: string, set: string, values: string) =>
        `${name ? `${name}: ` : ''}${set} ${values}`,
      best: (epoch: number) => `, best in epoch ${epoch}`,
      apart: (epoch: number) => `from epoch ${epoch} on training is better than validation`,
      beside: (name: string) => `For comparison: ${name}`,
    },

    learningRates: {
      axis: 'Learning rate',
      head: (count: string, rate: number, before: string, after: string, isLower: boolean) => [
        `All ${count} parameters step, learning rate ${rate}:`,
        isLower
          ? `loss ${before} → ${after}, lower`
          : `loss ${before} → ${after}, not lower: too large a step`,
      ],
      words: (lowest: string, rate: number, end: string, far: number) =>
        `By learning rate: the lowest loss is ${lowest}, at ${rate}; at ${far} the loss is ${end}`,
      noGradients: (received: string) =>
        `Expected the gradients of the model's variables but received ${received}. Write const { grads } = tf.variableGrads(loss), then figures.learningRates(loss, grads).`,
    },

    /** What a learner's own loss must be. */
    losses: {
      noFunction: (received: string) =>
        `Expected loss to be a function but received ${received}. Pass loss itself, without parentheses: figures.valley(model, loss).`,
      noNumber: (received: string) =>
        `Expected loss() to return a tensor of one finite number but received ${received}. End it with the mean over the batch, .mean(), and check that its input and weights are numbers.`,
    },

    networkDiagram: {
      title: 'The network',
      input: 'input',
      inputShape: (shape: string) => `shape ${shape}`,
      outputShape: (shape: string) => `output ${shape}`,
      parameters: (sum: string) => `${sum} parameters`,
      total: (count: string) => `Total params: ${count}`,
      row: (title: string, parts: readonly string[]) => `${title}: ${parts.join(', ')}`,
      notSequential: (received: string) =>
        `Expected a built Sequential model whose first layer names its inputShape but received ${received}. Build it layer by layer with tf.sequential().`,
    },

    nudge: {
      title: (from: number, to: number) =>
        `A small change of the picture turns the answer from ${from} to ${to}; the weights stay`,
      before: (from: number) => ['① the picture:', `read as ${from}`],
      change: (times: string) => ['② change:', `shown × ${times}`],
      after: (to: number) => ['③ ① + ②:', `read as ${to}`],
      scale: (largest: string) => `② orange brighter, blue darker, up to ${largest}`,
      rim: 'some lie at the edge, hardly ever bright in training',
      pBefore: (from: number, to: number, [p, q]: readonly string[]) =>
        `before – ${from}: ${p}, ${to}: ${q}`,
      pAfter: (from: number, to: number, [p, q]: readonly string[]) =>
        `after – ${from}: ${p}, ${to}: ${q}`,
      size: (largest: string, total: string, ink: string) =>
        `No pixel changes by more than ${largest}; the changes add up to ${total}, the pixels of the picture to ${ink}`,
      places: (brighter: number, darker: number) =>
        `Pixels that become clearly brighter: ${brighter}; darker: ${darker}`,
      already: (answer: number) =>
        `Expected { to } to be another digit than the network's answer, which is ${answer} already. Choose another one, or leave { to } out.`,
      noClass: (to: unknown, last: number) =>
        `Expected { to } to be a digit from 0 to ${last} but received ${to}. Write { to: 3 }, for example.`,
      none: (from: number) =>
        `Expected a picture that a small change can turn, but along the gradient the answer stays ${from}. Has the model learnt something? With weights of 0, the gradient by pixel is 0, too.`,
    },

    pixelNumbers: {
      hover: 'row %{y}, column %{x}: %{text}<extra></extra>',
      size: (size: string) => `${size} numbers:`,
      ends: (white: number) => `0 is black, ${white} is white.`,
      framed: 'Below: the framed part.',
      restIsZero: 'All others are 0.',
      restIsLeftOut: 'The others are left out.',
      words: (size: string, white: number, lit: number, largest: number) =>
        `A picture is ${size} numbers: 0 is black, ${white} is white. ${lit === 0 ? 'Here all are 0.' : `${lit} of these ${lit === 1 ? 'is' : 'are'} not 0, and the largest is ${largest}.`}`,
      place: (top: number, bottom: number, left: number, right: number) =>
        ` The digit fills rows ${top} to ${bottom} and columns ${left} to ${right}, counted from 0.`,
    },

    probabilityBars: {
      title: (right: number, n: number) =>
        n === 1
          ? 'The probability of each digit'
          : `The probability of each digit; ${right} of ${n} right`,
    },

    pushes: {
      output: 'Output',
      head: (label: number, push: string) => [
        'p − y, the gradient of the logits:',
        push === '0.00'
          ? `that of ${label} is almost 0: it is right already`
          : `that of ${label} is ${push}, so push it up; all others down`,
      ],
      words: (label: number, push: string, others: readonly string[]) =>
        `up: ${label} (${push}); down: ${others.join(', ')}`,
    },

    redrawDigits: {
      title: 'Any four of the test set, at random',
      words: (draws: number, pictures: number, mistakes: readonly string[]) =>
        `${counted(String(draws), 'draw', 'draws')} of four pictures; ${pictures - mistakes.length} of ${pictures} right${mistakes.length > 0 ? `. Mistakes: ${mistakes.slice(0, 6).join(' · ')}${mistakes.length > 6 ? ' · …' : ''}` : ''}`,
      button: 'Draw four others',
      tooFew: (least: number, count: number) =>
        `Expected at least ${least} pictures to draw from but received ${count}. Pass the whole test set.`,
    },

    unitWeights: {
      unit: 'unit %{text}<extra></extra>',
      weight: 'weight',
      words: (units: string, size: string) =>
        `The weights of the ${units} hidden units, ${size} each, drawn as pictures.`,
      caption:
        'A bright pixel excites a unit where it is orange, and inhibits it where it is blue. Look for blobs and strokes: they fit parts of digits. Much else looks random, above all the edge: its pixels are nearly always 0, and so is their gradient.',
      noPixelWeights:
        'Expected a model of pictures whose first Dense layer has a weight for each pixel, but this one has none. Pass a model such as that of stage 5: a Flatten, then a Dense layer.',
    },

    unitsBorn: {
      step: (step: string) => `Step ${step}`,
      stepWithLoss: (step: string, loss: string) => `Step ${step}: loss ${loss}`,
      caption:
        'Noise first, then blobs and strokes. The edge stays random: its pixels and gradients are nearly always 0.',
      next: 'Next step ▶',
      words: (units: number, size: string) =>
        `The weights of ${units} hidden ${units === 1 ? 'unit' : 'units'}, ${size} each, drawn as pictures while the network was trained. Share of the weights that have not moved:`,
      row: (step: string, unmoved: string) => `${step}, ${unmoved} unmoved`,
      nothing:
        'Expected units that were recorded while a network was trained, but nothing has been. Write const units = digits.recordUnits(); then give fit the option callbacks: units, and draw the figure when fit has ended.',
    },

    valley: {
      axis: 'Value of this weight',
      here: 'we are here',
      pixel: (input: number) => `pixel ${input}`,
      unit: (input: number) => `hidden unit ${input}`,
      head: (from: string, output: number, slope: string, isValley: boolean) => [
        `One weight alone, ${from} → output ${output}:`,
        isValley
          ? `a valley; its slope here, ${slope}, is the gradient`
          : `the slope of the loss here, ${slope}, is the gradient`,
      ],
      words: (here: string, value: number, lowest: string, at: number) =>
        `We are at a weight of ${value}, with a loss of ${here}; the lowest loss, ${lowest}, is at ${at}`,
      noDense:
        'Expected a model with a Dense layer but this one has none. Pass a model such as that of stage 5.',
    },

    withoutUnits: {
      off: 'Hidden units switched off',
      hover: '%{x} off: %{y:.1%} right<extra></extra>',
      head: (all: number, [, few, half]: readonly number[], accuracy: readonly string[]) => [
        `All ${all} hidden units on: ${accuracy[0]} right;`,
        `${few} off: ${accuracy[1]}; ${half} off: ${accuracy[2]}`,
      ],
      row: (count: number, accuracy: string) => `${count} off: ${accuracy} right`,
      otherModel:
        'Expected a Sequential model with a Dense layer on the pixels and at least one layer behind it. Pass a model such as that of stage 5.',
    },

    worstMistakes: {
      words: (mistakes: number, n: string, shown: number, surest: string, least: string) =>
        mistakes === 1
          ? 'A single mistake: '
          : `${n} mistakes. In the ${shown} of which the network was surest, its wrong answer got ${surest === least ? surest : `from ${surest} down to ${least}`}: `,
      none: 'There is not a single mistake.',
    },
  },

  input: {
    /** What is no finite number; epochs and steps count from 1. */
    notFinite: {
      loss: (value: number, epoch: number, step: number, steps: number) =>
        `The loss became ${value} at epoch ${epoch}, step ${step}/${steps}.`,
      weights: (epoch: number) =>
        `The weights became NaN or infinite at the end of epoch ${epoch}.`,
      lost: ' Training stopped there, and the weights of the model are lost: build the model again (stage 5) before you go on. ',
      validation: (value: number, epoch: number) =>
        `The validation loss is ${value} at the end of epoch ${epoch}. Training stopped there, and the model keeps the weights of that epoch. `,
      evaluation: (value: number) => `The loss is ${value}. `,
    },

    /** The likeliest cause of a loss that is no number, and its cure. */
    cause: {
      data: (name: string, sample: number, value: number) =>
        `The cause is in ${name}: sample ${sample} (counting from 0) contains ${value}. Find out where it comes from, such as a division by 0 or a missing value, then correct it or leave that sample out.`,
      weights:
        'The weights of the model were NaN or infinite even before this, most likely from earlier training. Build the model again (stage 5), compile it (stage 7), and run this cell again.',
      negativeRate: (rate: number) =>
        `The learning rate, ${rate}, is negative, so that each step makes the loss larger. Compile the model with one above 0, such as optimizer: tf.train.adam(0.001), and run this cell again.`,
      enormous: (least: number, most: number) =>
        `The cause is in x, whose values lie between ${least} and ${most}, which is far too large. Scale it to between 0 and 1 first (for pixels, write divide(trainImages, 255)), and run this cell again.`,
      rate: (rate: number | undefined, smaller: number) =>
        `Most likely the learning rate${rate === undefined ? '' : `, ${rate},`} is too large, so that each step overshoots by more than the last. Compile the model with a smaller one, such as optimizer: tf.train.adam(${smaller}), and run this cell again.`,
      notScaled: (least: number, most: number) =>
        ` Also, x lies between ${least} and ${most}: scale it to between 0 and 1 first; for pixels, write divide(trainImages, 255).`,
      firstWeights:
        'The loss was large from the first step on, so that the initial weights are most likely too large (kernelInitializer), rather than the learning rate. Build the model again with the usual ones.',
    },

    noDevice:
      'No device has been started, so TensorFlow.js would compute in plain JavaScript, which is very slow. Run stage 2 first, await digits.useDevice(), or in a notebook of your own: await tf.ready();',
    noModel: (example: string, kind: string) =>
      `Expected a model, as in ${example}, but received ${kind}. ${kind === 'undefined' ? 'Run stage 5 to build it, and check how its name is spelt.' : 'The model comes first, the data after it.'}`,

    /** What figures are drawn from, and what came in its place, with what to do. */
    names: {
      pictures: 'pictures',
      labels: 'labels',
      predictions: 'predictions',
      probabilities: 'probabilities',
    },
    counted: {
      samples: (n: string) => counted(n, 'sample', 'samples'),
      pictures: (n: string) => counted(n, 'picture', 'pictures'),
      labels: (n: string) => counted(n, 'label', 'labels'),
      predictions: (n: string) => counted(n, 'prediction', 'predictions'),
      probabilities: (n: string) => counted(n, 'row of probabilities', 'rows of probabilities'),
    },
    refused: (name: string, example: string, received: string) =>
      `Expected numbers as ${name}, such as ${example}, but received ${received}`,
    missing: (value: string) =>
      `${value}. Run the cell that makes it first, and check how its name is spelt.`,
    pending:
      'a Promise, whose values are still to come. Write await before the call that makes it.',
    single: (value: number) => `${value}. Write a single one as a list, too: [${value}].`,
    otherKind: (kind: string) =>
      `${kind}. Give the loader's array, a tensor, or a list of numbers.`,
    disposed:
      'a tensor that has been disposed of. Run the cell that makes it again; what is made inside tf.tidy is gone after it.',
    otherValues: (type: string) =>
      `values of type ${type}. Make them numbers first, such as values.map(Number).`,
    unequal: (name: string, first: string, at: number, received: string) =>
      `Expected ${name} of one shape, but item 0 is ${first} and item ${at} is ${received}. Check how the list was made.`,
    unequalCounts: (counts: readonly string[]) =>
      `Expected as many of each, at least one, but received ${counts.join(', ')}. Take the same slice of the same set.`,
    onePerSample: (name: string, shape: string) =>
      `Expected ${name} to be one number for each sample but received shape ${shape}. `,
    takeClasses: 'If these are probabilities or one-hot vectors, take the classes by argMax(1).',
    passClasses:
      'Pass labels such as testLabels.slice(0, 4), or predictions such as probabilities.argMax(1).',
    noClass: (name: string, classes: number, at: number, value: string) =>
      `Expected ${name} to be whole numbers from 0 to ${classes - 1}, but number ${at} (counting from 0) is ${value}. `,
    classCures: {
      labels:
        'Labels are class numbers: do not divide them by 255 like pixels, and leave none missing.',
      predictions: 'Use argMax(1) of the probabilities, 1 being the axis of the classes.',
    },
    noPictures: (shape: string) =>
      `Expected pictures of shape [pictures, height, width] but received ${shape}. `,
    reshape: 'Write x.reshape([-1, 28, 28]).',
    passPictures: 'Pass pictures as loaded; for a single one take a slice, testImages.slice(0, 1).',
    severalPictures: (count: string, name: string) =>
      `Expected a single picture but received ${count}. Take one as a slice, such as ${name}.slice(0, 1).`,
    noPixel: (at: number, value: string) =>
      `Expected pixels from 0 to 255, or from 0 to 1, but number ${at} is ${value}. Pass pictures as loaded, such as testImages.slice(0, 4).`,
    noRows: (samples: string, shape: string) =>
      `Expected a row of probabilities for each of ${samples} samples but received shape ${shape}. Pass model.predict(x), x being the same samples, without argMax.`,
    noProbability: (at: number, value: string) =>
      `Expected probabilities from 0 to 1, but number ${at} is ${value}. If the model gives logits, write .softmax() first.`,
    noAccuracy: (received: string) =>
      `Expected an accuracy from 0 to 1 but received ${received}. Write const [testLoss, testAccuracy] = model.evaluate(…), and pass testAccuracy; the model must be compiled with a metric.`,

    noSamples:
      'Expected x to have at least one sample but received none. Check the slice: xTest.slice(0, 4) takes 4 samples, starting with sample 0.',
    oneMoreClass: (units: number) =>
      `If that class really exists, the last layer needs units: ${units}; otherwise correct the labels.`,

    wholeNumber: (name: string, received: string, example: number) =>
      `Expected ${name} to be an integer greater than 0 but received ${received}. Write ${example}, for example.`,
    validationSplit: (received: string) =>
      `Expected validationSplit to be at least 0 and less than 1 but received ${received}. For 20%, write 0.2.`,
    noneToTrain: (split: number, samples: number) =>
      `validationSplit ${split} leaves none of the ${samples} samples to train on. Use a smaller value, such as 0.2, or more samples.`,
  },

  leaving: {
    badName: (received: string) =>
      `Expected a name of letters, digits, - and _ such as 'my-network', but received ${received}. Leave out folders and endings.`,
    saved: (place: string) => `Saved in ${place}, replacing any model that was saved there before.`,
    inFolder: (name: string) => `the folder ${name} beside this notebook`,
    inBrowser: (name: string) => `the store of this browser, under the name ${name}`,
    notWritten: (folder: string, said: string) =>
      `The model could not be saved in ${folder} (${said}). Open the notebook in a folder that you may write to, or choose another name.`,
    noModel: (name: string, place: string) =>
      `There is no model in ${place}. Save one with await digits.saveModel(model, '${name}').`,
    unreadable: (folder: string, said: string) =>
      `The model in ${folder} cannot be read (${said}): its files are damaged or incomplete. Save it again.`,
    link: (file: string, kilobytes: number) =>
      `${file}, ${kilobytes} kB: a web page with the weights of this network. Download it, and open it in any browser; it needs neither a network connection nor a library.`,
    untrained:
      'This network has not been trained with model.fit, so that it may only guess. Train it (stage 8), and run this cell again.',
    /** What the page says: plain strings. */
    page: {
      title: 'My network reads digits',
      help: 'Draw a digit on the black square, or choose a picture of one.',
      clear: 'Clear',
    },
  },

  notebook: {
    noFigure: (received: string) =>
      `Expected display to be given a figure, such as display(figures.classCounts(trainLabels, testLabels)), but it received ${received}.`,
  },

  pad: {
    line: 'The digit pad: run this cell to draw digits here, and the network reads them.',
    setLine: 'The digit pad: run this cell to write your own ten digits here.',
    titles: {
      trained: 'A trained network',
      untrained: 'An untrained network: its weights are random',
      set: 'Your ten digits, for the test set of the class',
    },
    otherName: (name: string) =>
      `Expected digitPad('trained'), digitPad('untrained'), digitPad('set') or a model, as in digitPad(model), but received '${name}'.`,
    otherShapes: (received: string) =>
      `The pad needs a Sequential model that takes pictures of 28 × 28 and gives 10 probabilities, but received ${received}. Pass a model such as that of stage 5.`,
    otherLayer: (activations: readonly string[], name: string, received: string) =>
      `The pad computes by itself in the page, and only Flatten, Dense and Dropout layers, with the activations ${activations.join(', ')}. The layer ${name} of this model is ${received}. Build the model of these, with Flatten before the first Dense.`,
    notFinite: (name: string) =>
      `The weights of the layer ${name} are not all numbers (NaN or Infinity): training failed, often because the learning rate is too large. Make it smaller, and run again from stage 5.`,
    noProbabilities: (activation: string) =>
      `The pad shows the output as probabilities, so the last layer's activation should be softmax (or sigmoid) but is ${activation}. Write activation: 'softmax', and train again.`,

    /** What the pad's page says: plain strings, which its script takes along. */
    page: {
      draw: 'Draw a digit here',
      seen: 'What the network sees',
      clear: 'Clear',
      help: 'Use a mouse, a finger or a pen. Keyboard: arrow keys move the pen, Space puts it down or lifts it, Delete clears.',
      explain:
        'The blue frame surrounds your strokes. They are scaled to fit 20 × 20, keeping their proportions, and then moved so that their centre of mass lies in the middle of the 28 × 28 (the cross). Every picture of MNIST was prepared in this way.',
      empty: 'Draw a digit, 0 to 9; it is read as you draw.',
      bars: 'Probabilities',
      answer: 'The network says {digit}: {percent}.',
      /** The pad that asks for all ten digits. */
      set: {
        task: 'Write a {digit}.',
        all: 'All ten are written. Copy the line, and hand it in.',
        cells: 'Your ten digits',
        next: 'Next digit',
        another: 'Another writer',
        name: 'Your name',
        title: 'Your ten digits as a line',
        missing: 'The line appears once all ten are written. Still missing: {count}.',
        explain:
          'Write as you always do: no network reads along here. Press a digit to write it again. The line also holds your name; leave it out if you like.',
      },
      /** The drawing as a line of text. */
      line: {
        wrote: 'I wrote the digit',
        /** The learner's digit has gone to the kernel. */
        sent: 'The lesson has your {digit}: digits.drawn() returns it.',
        /** It cannot go there: this is VS Code, or a page without a kernel. */
        byCopy:
          'This page cannot pass your digit to the lesson. Copy the line below, and paste it between the brackets of digits.drawn().',
        title: 'The digit as a line of text',
        label: 'Line of text',
        copy: 'Copy',
        copied: 'Copied. Paste it into a cell of the lesson.',
        byHand: 'The browser does not let the page copy: press Ctrl+C (on a Mac ⌘C).',
        none: 'Nothing is drawn yet.',
        unlabelled: 'Choose above which digit you wrote; the lesson cannot take it before.',
      },
      /** A picture file in place of a drawing. */
      picture: {
        open: 'Open a picture…',
        how: 'A picture will do, too: a photo of ink on paper, PNG or JPEG. Open it, drop it on the pad, or click the pad and paste it.',
        reading: 'Reading the picture…',
        remarks: {
          inverted: 'The network has seen white on black only: your picture was inverted. ',
          thickened: 'Its lines were thinner than those of MNIST: they were thickened. ',
          several: 'It holds several digits: the largest was taken. ',
          cut: 'The digit reaches the edge of the picture: some of it may be missing. ',
        },
        faults: {
          none: 'There is no picture in what was pasted or dropped. Copy a picture, or open a PNG or JPEG file.',
          many: 'One picture at a time, but there were {count} files. Choose the one that shows your digit.',
          other:
            '{name} is not a picture that the browser can read: expected PNG or JPEG. Save a picture of another kind, such as HEIC or SVG, as one of these. If it is one, it is damaged or cut off.',
          blank:
            'No digit was found in {name}: expected dark lines on a light background, or light ones on a dark one. Write larger, or take the photo closer.',
        },
      },
      advice: {
        larger: ' Draw larger.',
        single: ' One digit at a time.',
        lines: ' Draw only the lines of the digit, and leave what is around them black.',
      },
    },
  },

  /** One unit on a picture of 2 × 2: plain strings in `page`, which its script takes along. */
  unit: {
    example: (pattern: string) =>
      `All weights 0.5, bias 0. The picture: ${pattern}. (Run this cell to change the numbers.)`,
    page: {
      picture: 'Picture x',
      weights: 'Weights w and bias b',
      places: ['upper left', 'upper right', 'lower left', 'lower right'],
      pixel: 'Pixel, ',
      weight: 'Weight, ',
      bias: 'Bias b',
      patterns: [
        'diagonal',
        'other diagonal',
        'upper row',
        'left column',
        'all bright',
        'one pixel',
      ],
      task: 'Your task: choose weights and a bias so that the unit answers to the first diagonal, and to no other picture of black and white pixels.',
      answers: 'The unit answers: h = {h}. ',
      silent: 'The unit is silent: h = 0. ',
      done: '✓ Of all 16 pictures of black and white pixels, it answers to the first diagonal alone.',
      almost: 'Nearly: it also answers to x = ({x}), which is not shown here.',
      colours:
        'A bright pixel excites the unit where its weight is orange, inhibits it where it is blue, and has no effect where it is white. Click a square, or move its slider; press a pattern to show it.',
    },
  },

  /** Questions before a cell; `guess/rules.ts` knows which options are right. */
  guesses: {
    /** Of a second try at the guesses that missed. */
    again: {
      asksAgain: 'These guesses missed in the lesson. Which option do you take now?',
      none: 'There is no guess to try again: either none missed, or none was made in the lesson.',
      otherOption: 'Not this one. Say why, before you open another.',
    },
    /** What the page says: plain strings, which its script takes along. */
    page: {
      between: ' ',
      noted: 'Noted. Run the next cell.',
      below: 'Noted. See the result below.',
      known: 'The result is already known, so this click does not count.',
      guessed: 'You guessed: {option}.',
      cover: 'Show the result',
      none: 'You made no guesses. The questions stand before the cells: a click is enough.',
      unknown: 'No result is known yet. Run the cells that follow the questions first.',
      allRight: 'Guesses made: {made} of {all}. None of them missed.',
      missed: 'Guesses made: {made} of {all}. These missed:',
    },
    answer: (option: string) => `The answer: ${option}.`,
    came: (value: string) => `The result: ${value}.`,
    unknownId: (id: string, ids: string) =>
      `There is no guess ${id}. Expected one of these: ${ids}.`,
    otherValue: (received: string) => `${received}. Give a single number in this range.`,
    noValue: (example: string, low: number, high: number, received: string) =>
      `Expected ${high > 1000 ? `a number from ${low} on` : `a number from ${low} to ${high}`}, as in ${example}, but received ${received}`,
    questions: {
      shapes: {
        asks: '60,000 pictures of 28 × 28 pixels and their labels: what shapes do the two arrays have?',
        options: [
          '[60000, 28, 28] and [60000]',
          '[28, 28, 60000] and [60000]',
          '[60000, 784] and [60000]',
          '[60000, 28, 28] and [60000, 10]',
        ],
        why: 'Read from the outside in: 60,000 pictures, 28 rows in each, 28 pixels in each row. Flatten makes 784 of 28 × 28 later, and a label is a single digit.',
      },
      division: {
        asks: 'Which does dividing the pixels by 255 change: shape, range or type?',
        options: ['The range alone', 'Range and type', 'All three'],
        why: 'Bytes from 0 to 255 become float32 from 0 to 1, since a byte holds no fractions. Each number is divided separately, so the shape stays.',
      },
      untrained: {
        asks: 'The network is not trained yet. How large is the largest of its ten probabilities for your digit?',
        options: ['10%, as to every digit', '10% to 30%', '30% to 70%', 'over 70%'],
        why: 'Its initial weights are small and random: all ten probabilities stay between about 5% and 20%, and chance makes one of them the largest. It answers though it knows nothing, and a right answer is luck.',
        otherwise:
          'An untrained network usually gives its answer 12% to 25%, because its initial weights are small and random. If it has been trained already, run again from stage 5.',
      },
      parameters: {
        asks: 'How many parameters does a layer of 128 units on 784 inputs have?',
        options: ['912', '100,352', '100,480', '101,770'],
        why: 'Each unit has a weight for each of its 784 inputs, and a bias: 784 × 128 + 128. 912 adds where it should multiply, 100,352 leaves the biases out, and 101,770 is the whole network.',
      },
      tenfold: {
        asks: 'The right answer has a probability p. For p = 1 the loss is 0, for p = 0.1 it is 2.3, for p = 0.01 it is 4.6. And for p = 0.001?',
        options: [
          '5.1, a little more',
          '6.9, again 2.3 more',
          '9.2, twice as much',
          '46, ten times as much',
        ],
        why: 'A tenth of the probability always adds ln 10 ≈ 2.3 to the loss −ln p, however large it was: a logarithm turns factors into sums.',
      },
      'first-loss': {
        asks: 'A new network has learnt nothing. About how large is its loss?',
        options: ['About 0, no mistakes yet', 'About 1', 'About 2.3', 'About 10, for ten digits'],
        why: 'It gives the right digit a probability of about 0.1, and −ln 0.1 = 2.30. A loss of 0 would mean that it is right, and certain, each time; ten digits make ln 10, not 10.',
        otherwise:
          'A new network has about −ln 0.1 = 2.30. Either this one is no longer new, or its pixels were not divided by 255: run again from stage 4.',
      },
      'later-epochs': {
        asks: 'After the first epoch the validation accuracy will be about 95%. What do the other four epochs add?',
        options: [
          'All 5 points that are missing',
          '1 to 4 percentage points',
          'Nothing: it has seen every picture',
          'They take something away: it learns by heart',
        ],
        value: (first: string, last: string) =>
          `${first} after the first epoch, ${last} at the end`,
        why: 'The first steps gain most, and each later epoch gains less than the one before: those still wrong are the hard pictures.',
        otherwise:
          'In most runs four more epochs add two or three points. Training that is interrupted, or goes on from an earlier one, adds less.',
      },
      sorted: {
        asks: 'The 6,000 samples are sorted by label, from 0 to 9, and fit keeps a fifth for validation. What will the validation accuracy be?',
        options: [
          'About 0',
          'About 50%, as it is harder',
          'About 75%',
          'About 90%, since fit shuffles',
        ],
        why: 'The split comes before the shuffle: the last 20% are nearly all 8s and 9s, and training has not seen a single one of these.',
        otherwise:
          'In most runs it is near 0: the split comes before the shuffle, so the last 20% are nearly all 8s and 9s. If the samples were shuffled first, training has seen every digit.',
      },
      stop: {
        asks: 'The same network has trained for 20 epochs. After which of them was the validation loss lowest?',
        options: ['After epoch 1', 'After epoch 6', 'After epoch 13', 'After epoch 20'],
        why: 'Up to epoch 6 the network learns what holds for new pictures, too. Then the training loss still falls, but the validation loss rises: from here on it mostly learns by heart.',
      },
      test: {
        asks: 'Will the accuracy on the test set be higher or lower than in training?',
        options: ['Higher', 'The same', 'A little lower', 'More than 5 points lower'],
        value: (training: string, test: string) =>
          `${training} in the last epoch of training, on average, ${test} on the test set`,
        why: 'It knows some training pictures by heart, but has never seen the test pictures. It still reads most of them: it has learnt to read, not only to remember.',
        otherwise:
          'Usually it is a little lower, because some training pictures are known by heart. It can be as high or higher early in training, whose accuracy is averaged while the network still learns; far lower means overfitting.',
      },
      confused: {
        asks: 'Which two digits are confused most often, counting both ways?',
        options: ['1 and 7', '4 and 9', '3 and 5', 'Two others'],
        value: (one: number, other: number, count: number) =>
          `${one} and ${other}, ${counted(String(count), 'time', 'times')}`,
        why: 'Close the top of a 4, and it differs from a 9 in a few pixels. 1 and 7 share one line, but a 1 has no top stroke: there its pixels are 0.',
        otherwise:
          'In most runs it is 4 and 9, which differ in a few pixels; now and then 3 and 5 lead, or 2 and 7.',
      },
      nudge: {
        asks: 'The picture is changed little by little until the answer turns. By how much does a pixel change at most? From black to white is 1.',
        options: ['Less than 0.02', 'About 0.1', 'About 0.5', 'About 1, from black to white'],
        why: 'Many pixels change a little, each in the direction that helps the other answer, and hundreds of small pushes add up. You still see the same digit.',
        otherwise:
          'Usually 0.05 to 0.3 is enough, because hundreds of small pushes add up. How much it takes depends on how certain the network is of this picture.',
      },
    },
  },

  record: {
    inFile: (file: string) => `${file} beside this notebook`,
    inBrowser: 'this browser',
    restored: (passed: number, place: string) =>
      `Your record goes on, with ${passed} ${passed === 1 ? 'exercise' : 'exercises'} passed: it is kept in ${place}. await report() shows it, await clearRecord() clears it.`,
    newer: (place: string) =>
      `The record in ${place} was written by a newer version of the lesson: it stays as it is, and this run is not added to it. Update the lesson, or begin a new record with await clearRecord().`,
    notKept: (error: string, place: string) =>
      `Your tries count until the kernel ends, but cannot be kept in ${place} (${error}). Make room there, or open the notebook where you may write.`,
    noAnswer: 'its storage did not answer within 10 seconds; close and reopen the browser',
    longName: (bytes: number) =>
      `Expected a name of at most 48 bytes, which is 48 Latin letters or 16 Chinese characters, but received ${bytes} bytes. Shorten it.`,
    stage: (stage: string) => `Stage ${stage}`,
    passed: 'passed',
    tried: 'tried',
    open: 'not tried yet',
    exercises: (passed: number, all: number) => `Exercises: ${passed} of ${all} passed`,
    guesses: (right: number, made: number, all: number) =>
      `Guesses: ${made} of ${all} made, ${right} of them right`,
    quiz: (right: number, answered: number, all: number) =>
      `Quiz: ${answered} of ${all} answered, ${right} of them right at once`,
    row: (stage: string, passed: number, all: number) => `Stage ${stage}: ${passed} of ${all}`,
    hand: 'To show this to your teacher, copy the line below, or hand in the notebook once it is saved. It says what you passed, your tries and mistakes, guesses and answers; of you it holds the name that you have given to report, if any, and nothing that you wrote.',
  },

  quiz: {
    right: 'Right. ',
    wrong: 'No. ',
    key: 'Answers: ',
    between: ', ',
    /** In the order of the lesson; `quiz/quiz.ts` knows which options are right. */
    questions: [
      {
        asks: 'A unit has the weights 1 and −1, the bias −0.5, and relu. Two pixels come in, 0.2 and 0.9. What is its output?',
        options: [
          {
            says: '−1.2',
            why: 'That is the weighted sum with the bias, 0.2 − 0.9 − 0.5. relu still follows, and turns a negative number into 0.',
          },
          {
            says: '1.2',
            why: 'relu does not drop the sign of −1.2: it turns negative numbers into 0.',
          },
          {
            says: '0',
            why: '0.2 − 0.9 − 0.5 = −1.2, and relu makes it 0. The unit comes to life only where the first pixel is brighter than the second by more than 0.5.',
          },
          {
            says: '0.2',
            why: 'relu comes once, after the sum. The second pixel and the bias go into the sum as they are, and lower it.',
          },
        ],
      },
      {
        asks: 'What happens if you leave out the relu of the hidden layer?',
        options: [
          {
            says: 'Nothing, if the hidden layer has enough units to make up for it',
            why: 'No number is enough: without relu, two linear layers in a row are still one, and its borders are straight.',
          },
          {
            says: 'The outputs are no longer probabilities',
            why: 'softmax makes them probabilities, and it is still there.',
          },
          {
            says: 'It computes faster; nothing else changes',
            why: 'The time saved can hardly be measured, and the accuracy drops.',
          },
          {
            says: 'It does no better than without a hidden layer',
            why: 'Two linear layers make one linear layer; the accuracy is only about 92%.',
          },
        ],
      },
      {
        asks: 'Before any training the loss is about 2.3. What does that tell you?',
        options: [
          {
            says: 'The network is guessing among ten digits',
            why: 'It gives the right digit a probability of about 0.1, and −ln 0.1 ≈ 2.3.',
          },
          {
            says: '2.3% of the pictures are read wrong',
            why: 'A loss is not a percentage. Guessing gets about nine pictures out of ten wrong.',
          },
          {
            says: 'There is a bug, since a loss always starts at 1',
            why: 'A loss has no upper limit. Where it starts depends on the classes: ln 10 for ten, ln 2 ≈ 0.69 for two.',
          },
        ],
      },
      {
        asks: 'The label is 3. The network gives the 3 a probability of 0.2, and the 8 one of 0.6. Which way does one step of learning push?',
        options: [
          {
            says: 'The 3 down and the 8 up, since p − y is negative for the 3 and positive for the 8',
            why: 'The signs are right: −0.8 and 0.6. But a step goes against the gradient.',
          },
          {
            says: 'The 3 up and the 8 down',
            why: 'p − y is 0.2 − 1 = −0.8 for the 3 and 0.6 for the 8, and a step goes against it. The other digits are pushed down, too, each by its own probability.',
          },
          {
            says: 'Only the 3, up, since the loss asks only for the probability of the label',
            why: 'The ten share a sum of 1: what the others have, the 3 lacks. So they are pushed down.',
          },
          {
            says: 'The 3 up to 1, and all others down to 0',
            why: 'That is only the direction. The learning rate decides how far a step goes, and it goes a little way.',
          },
        ],
      },
      {
        asks: 'A pixel in the corner is 0 in every training picture. What does training do to the weights behind it?',
        options: [
          {
            says: 'Nothing: they stay as random as they were',
            why: 'The gradient of a weight has its input as a factor. Here that is always 0, so no step changes it; this is why the edge of the pictures of the weights is noise.',
          },
          {
            says: 'It makes them 0, since this pixel does not matter',
            why: 'Nothing pulls them to 0: the loss does not depend on them, so their gradient is 0, and they keep their initial values.',
          },
          {
            says: 'It makes them larger, until the pixel counts, too',
            why: 'Even a huge weight times 0 is 0. The loss does not change with it, so there is nothing to learn.',
          },
        ],
      },
      {
        asks: 'The loss by epoch, in training: 0.60, 0.35, 0.22, 0.14, 0.08, 0.05; in validation: 0.58, 0.41, 0.34, 0.31, 0.36, 0.43. From which epoch on does the network overfit, and which do you keep?',
        options: [
          {
            says: 'It overfits from epoch 5 on; keep the network of epoch 4',
            why: 'From there on the training loss falls, but the validation loss rises: what is learnt holds for the training samples alone. The callback earlyStopping ends training a few epochs later; for exactly epoch 4, train again for 4 epochs.',
          },
          {
            says: 'It does not overfit, since the training loss falls in every epoch; keep that of epoch 6',
            why: 'What counts is pictures it has not seen, of which the training loss says nothing: learning by heart lowers it, too. More epochs are not always better.',
          },
          {
            says: 'It overfits from epoch 2 on, where the validation loss is the higher of the two; keep that of epoch 1',
            why: 'A gap alone is no harm; overfitting is a rising validation loss. Up to epoch 4 it falls, so the network still improves on pictures it has not seen.',
          },
          {
            says: 'It overfits from epoch 5 on; train further, for after each epoch it learns from the validation samples, too',
            why: 'It learns nothing from these: loss and accuracy are measured on them, and no parameter changes.',
          },
        ],
      },
      {
        asks: 'You try 5, 10 and 20 epochs, choose the best by its test accuracy, and report that accuracy. Is that a fair score?',
        options: [
          {
            says: 'Yes: nobody used a picture of the test set in training',
            why: 'You did; the network never saw them. What is chosen by its score on the test set is partly chosen for its luck there.',
          },
          {
            says: 'No: choose by the validation set, and test only once',
            why: 'Only samples that took no part in any choice tell how well it does on new pictures, that is, how it generalises.',
          },
          {
            says: 'No: the 10,000 pictures of the test set are too few',
            why: '10,000 are plenty: the accuracy is good to a few tenths of a percent. The trouble is choosing by them.',
          },
        ],
      },
      {
        asks: 'A network looks for cracks in pictures of glass. In the test set, 95% of the pictures show none. Its test accuracy is 95%. Is that good?',
        options: [
          {
            says: 'Yes: it is nearly as good as the 97% of the lesson',
            why: 'An accuracy tells something only beside its baseline. Always naming the same digit gets about 11% right; always answering "no crack" gets 95%.',
          },
          {
            says: 'Yes, provided that the training accuracy is no higher',
            why: 'That speaks against overfitting, but not for having learnt anything: whoever always answers "no crack" has the same on both sets.',
          },
          {
            says: 'No: one picture in 20 is wrong, and only 100% will do',
            why: 'No limit fits all tasks. What tells is the baseline, and which pictures it gets wrong.',
          },
          {
            says: 'One cannot tell: always answering "no crack" gets as much',
            why: 'That is the baseline. The confusion matrix shows what the accuracy hides: how many of the cracks are found. It may be none.',
          },
        ],
      },
      {
        asks: 'Two networks have a test accuracy of 97%, but the loss of one is 0.09 and that of the other 0.30. Which is true?',
        options: [
          {
            says: 'That cannot be; one was measured wrong',
            why: 'It can. Accuracy only counts right predictions; the loss also weighs the probability of the right digit.',
          },
          {
            says: 'The one with 0.09 gets more of the 10,000 test pictures right',
            why: 'Both get 97% right. A smaller loss need not mean more right predictions.',
          },
          {
            says: 'The one with 0.30 is less sure when right, or surer when wrong',
            why: 'The loss is the mean of −ln p. It may be unsure all the time, or very sure in the few that it gets wrong: there p is near 0 and −ln p is large.',
          },
        ],
      },
      {
        asks: 'You draw the letter A, and the network predicts 4 with a probability of 0.99. What does that mean?',
        options: [
          {
            says: 'Of the ten digits it fits 4 best, and no more than that',
            why: 'It has seen nothing but digits, and training rewarded certainty in right answers, so it never learnt to say "none of them". A high probability does not make it right.',
          },
          {
            says: 'Such a prediction is right 99 times out of 100',
            why: 'Nothing guarantees that, least of all for what it has never seen: for letters it is never right.',
          },
          {
            says: 'There is a bug: for a letter, all ten should be near 0',
            why: 'softmax makes the ten sum to 1, so they cannot all be near 0.',
          },
        ],
      },
    ],
  },

  text: {
    /** What differs with where the lesson runs. */
    node: {
      fashionMissing: (folder: string) =>
        `The Fashion-MNIST files are not here, so this set was used instead. If you are online, await fashionMnist.loadData() downloads them once (about 30 MB); if not, get the four files from somebody, put them into ${folder}, and run this cell again.`,
    },
    browser: {
      fashionMissing:
        'The Fashion-MNIST files are not on this site, so this set was used instead; the exercise is the same. To use Fashion-MNIST itself, install the lesson on a computer, where await fashionMnist.loadData() downloads it.',
    },
  },

  training: {
    interruptedAtOnce:
      'Training was interrupted before its first step; the weights of the model have not changed.\n',
    interrupted: (epoch: number, step: number, steps: number) =>
      `Training was interrupted at epoch ${epoch}, step ${step}/${steps}. The model keeps the weights of that step: run the next cell, or this one again to continue training.\n`,
    worseThanGuessing: (loss: string, classes: number, guess: string, cause: string) =>
      `Training has learnt nothing: its loss, ${loss}, is far above that of guessing, ln ${classes} = ${guess}, and its weights are of no use any more: build the model again (stage 5). ${cause}\n`,
  },
};

/** Writes a number of things. */
function counted(n: string, one: string, many: string): string {
  return `${n} ${n === '1' ? one : many}`;
}

/** Writes a digit with its article: a 4, an 8. */
const article = (digit: number): string => `${digit === 8 ? 'an' : 'a'} ${digit}`;

/** Says how often something happened. */
function times(count: number, n: string): string {
  return ['', 'once', 'twice'][count] ?? `${n} times`;
}

/** The texts that each language has. */
export type Messages = typeof en;
