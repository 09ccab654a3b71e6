import type { FallbackCode, Messages } from './en';

/** 学习者读到的文字，中文：包里每个部分一节。 */
export const zh: Messages = {
  device: {
    kinds: { gpu: 'GPU', cpu: 'CPU，原生引擎', wasm: 'CPU，WebAssembly' },
    toBeUsed: '将使用的设备',
    browser: '浏览器',
    cores: count => `${count} 核`,

    described: (unit, hardware, engine, threads, why) =>
      [
        `设备：${unit}，${hardware}`,
        `引擎：${engine}${threads}`,
        `原因：${why}`,
        unit === 'GPU'
          ? '显存按需增长：已开启'
          : '显存按需增长：已开启；没有使用 GPU，所以不起作用，课程照常进行',
      ].join('\n'),
    threads: all => `，${all} 个线程（DIGITS_THREADS）`,

    noSuchDevice: (kinds, value) =>
      `设备应当是 ${kinds.join('、')} 之一，收到的是 '${value}'。请改正 DIGITS_DEVICE，或者不设置它，由课程选用最快的设备。`,
    noThreads: (most, value) =>
      `DIGITS_THREADS 应当是 1 到 ${most} 的整数，收到的是 '${value}'。请改正，或者不设置它，使用全部核心。`,
    wasmNotStarted: folder =>
      `WebAssembly 引擎没有启动。它的文件应当在 ${folder} 下面。请刷新网页再试；如果仍然不行，请联系网站的维护者检查这个文件夹。`,

    why: {
      asked: '这是你指定的设备',
      driverFound: version => `找到了 NVIDIA 驱动${version}`,
      noDriver: '没有找到 NVIDIA 驱动',
      hidden: value =>
        `CUDA_VISIBLE_DEVICES='${value}' 把 GPU 隐藏了；取消这个环境变量即可使用 GPU`,
      noAddon: '原生引擎还没有安装；运行 npm run setup 即可安装',
      noAddonHere: machine => `原生引擎不支持 ${machine}，因此使用 WebAssembly`,
      addonFailed: line => `原生引擎无法加载（${line}）；npm run doctor 会指出缺少什么`,
      running: '它已经在运行，内核结束之前不能更换；要用别的设备，请重启内核',
      memoryTaken:
        'GPU 的显存已被占用，多半是另一个进程（例如另一个笔记本）占着；nvidia-smi 会列出占用者。等显存空出来，重启内核即可使用 GPU',
      librariesMissing: '找到了 NVIDIA 驱动，但缺少 CUDA 库；运行 npm run setup 即可安装',
      broken: how =>
        `GPU 无法计算（${how}）；用 nvidia-smi 检查显卡和驱动，或设置 DIGITS_DEVICE=cpu`,
      noneNamed: value =>
        `CUDA_VISIBLE_DEVICES='${value}' 没有指明任何可用的 GPU；取消这个环境变量即可使用 GPU`,
      notFound: reason =>
        `找到了 NVIDIA 驱动，但 TensorFlow 没有找到可用的 GPU${reason ? `（${reason}）` : ''}；运行 npm run setup 安装 CUDA 库，用 nvidia-smi 检查驱动`,
      inBrowser: '课程在浏览器里运行，什么都不用安装',
      onlyInBrowser: '浏览器里只有 WebAssembly；要用 GPU 或原生引擎，请把课程安装到电脑上',
    },

    fallback: (_reason, code, detail) =>
      `这个模型改用 TensorFlow.js 自己的训练步骤，速度较慢，原因：${fallbackReason(code, detail)}。\n`,
  },

  drawn: {
    yours: label => `你写的数字：${label}。`,
    specimen: label =>
      `还没有收到你写的数字，先用课程自带的一个 ${label} 代替。想用自己的：在课程开头的手写板上写一个，在下面核对“我写的是”，再运行一次这个单元格。如果还是收不到（例如在 VS Code 里），就复制手写板下面的那一行文字，粘贴到括号里：digits.drawn('d1.…')。`,
    restored: label =>
      `你写的数字：${label}（上次写的）。想换一个，就在课程开头的手写板上重写，再运行一次这个单元格。`,
    other: received =>
      `这里应当是手写板给出的一行，例如 digits.drawn('d1.…')，收到的是 ${received}。请在手写板上写一个数字，展开下面的“存成一行文字”，按“复制”，再粘贴到这里。`,
    version: version =>
      `这一行应当是版本 1 的，收到的是版本 ${version} 的，来自另一版课程。请在这份课程的手写板上重新写一个数字，再复制那一行。`,
    cut: (expected, received) =>
      `这一行应当有 ${expected} 个字符，只收到 ${received} 个，缺了一部分。请用手写板下面的“复制”按钮，复制完整的一行。`,
    changed:
      '这一行应当和手写板给出的一模一样，但校验和对不上：途中有字符被改动过。请不要手工抄写，用手写板下面的“复制”按钮重新复制。',
    isSet:
      '这里应当是只有一个数字的那一行，收到的却是存着十个数字的那一行。请把它交给 digits.drawnSet(…)，或者到会认数字的手写板下面去复制。',
    set: {
      lesson: '课程自带',
      unnamed: '未署名',
      how: "没有给出任何一行，这个集合里只有课程自带的一个 4。请每个人运行 digits.digitPad('set')，写好 0～9 十个数字，按“复制”；再把所有人的那一行贴到 digits.drawnSet(``) 的两个反引号之间，一行接一行。",
      read: (lines, digits, writers) => `共 ${lines} 行：${writers} 个人写的 ${digits} 个数字。`,
      leftOut: (line, begins, why) => `第 ${line} 行（${begins}）没有采用。${why}`,
      repeated: (line, first) => `第 ${line} 行与第 ${first} 行相同，只算一次。`,
      namesake: (line, name, writer) =>
        `第 ${line} 行：前面已经有一位 ${name}，这一位记作 ${writer}。`,
      none: lines =>
        `这里至少应当有一行来自手写板 digitPad('set')，收到的 ${lines} 行都读不懂。请用那块手写板下面的“复制”按钮重新复制。`,
    },
  },

  exercises: {
    verdicts: { right: '正确。', wrong: '还不对。', blank: '等你作答。' },
    hint: '提示：',
    solution: '参考解答：',
    solutionTitle: '解答',
    unknown: (id, ids) => `没有练习 ${id}。现有的练习：${ids}。`,
    brokenOff: error => `你的代码运行时出错：${error}`,
    endless: seconds =>
      `等了 ${seconds} 秒，你的代码既没有结束，也没有再计算什么：它等的 Promise 一直没有结果。是不是忘了调用 resolve？`,
    incompatibleShapes: (a, b) => `形状 ${a} 和 ${b} 不相配`,
    vector: 'matMul 只接受矩阵，其中一个却是向量。v.reshape([1, -1]) 把向量 v 变成只有一行的矩阵。',
    seenTest: '这个模型用测试图片训练过，那些题它见过答案。训练只用 xTrain 和 yTrain。',
    seenValidation:
      '这个模型用留作验证的图片（xTrain 的最后 12000 张）训练过，那些题它见过答案。训练时写 validationSplit: 0.2，或者只用前 48000 张。',
    turned: '转了 90° 的 MNIST',

    listed: (...inputs) => inputs.join('，'),
    compared: {
      sentence: (inputs, seen, why = '') => `${inputs}：${seen}${why}`,
      error: (expected, error) => `应得 ${expected}，你的代码却出错了：${error}。`,
      result: (expected, got) => `应得 ${expected}，你得到 ${got}。`,
      item: (at, expected, got) => `第 ${at} 个（从 0 数起）应当是 ${expected}，你得到 ${got}。`,
      cell: (row, column, expected, got) =>
        `第 ${row} 行、第 ${column} 列应当是 ${expected}，你得到 ${got}。`,
    },

    answers: {
      none: '这里还没有答案。',
      nothingReturned: result => `你的函数返回了 ${result}：还没有写完，或者忘了 return。`,
      nan: '得到的是 NaN，不是数。用 undefined 或文字去计算，就会得到 NaN。',
      stillTensor: shape =>
        `这还是一个张量（形状 [${shape}]），不是普通的数。它的内容在设备上，要读回来。`,
      listOfOne: value =>
        `这里应当是一个数，现在是一个数组 ${value}，里面只有一个数。用 [0] 取出它。`,
      textNumber: value => `${value} 是一段文字，不是数。`,
      noNumber: value => `这里应当是一个数，现在是 ${value}。`,
      noList: value => `这里应当是一组数，现在是 ${value}。`,
      strangeItem: (value, item) => `这里应当是一组数，现在是 ${value}，其中 ${item} 不是数。`,
      noTensor: value =>
        `这里应当是一个张量，现在是 JavaScript 的值 ${value}。用 tf.tensor… 可以把数变成张量。`,
      freed: '这个张量已经释放，里面的数不在了。要返回的张量不能释放。',
      noFunction: value => `这里应当是一个函数，现在是 ${value}。`,
      missingFields: (names, missing) =>
        `这里应当是 { ${names.join(', ')} }，现在缺少 ${missing.join('、')}。`,
    },

    models: {
      none: value => `这里应当是一个模型，现在是 ${value}。`,
      several: '模型应当只有一个输入和一个输出。',
      flatInput:
        '模型的输入是 784 个数，图片却是 28 × 28 的。让 Flatten 作第一层，它会把图片排成 784 个数。',
      otherInput: shape => `模型的输入应当是一批 28 × 28 的图片，现在每个样本的形状是 [${shape}]。`,
      noFlatten:
        '输出的形状是 (None, 28, 10)：每一行像素各得到十个数。少了 Flatten 层，图片没有排成一个向量。',
      otherOutput: shape => `每张图片应当得到十个数，现在输出的形状是 [${shape}]。`,
      hiddenLayers: (found, wanted) =>
        `这个模型有 ${found} 个隐藏层，应当有 ${wanted} 个。输出层不算；并排的算一个，用两次的算两个。`,
    },
  },

  findings: {
    between: '',
    cover: '展开对照：这一次的结果',
    noHistory: received =>
      `这里应当是 model.fit 返回的结果，收到的却是 ${received}。请写 const history = await model.fit(…)，再传入 history。`,

    training: {
      none: '第一轮还没有结束，训练就停了，没有可以比较的值。请重新运行这个单元格，等它训练完。',
      early: (epochs, planned) => `训练提前结束：原定 ${planned} 轮，只完成 ${epochs} 轮。`,
      loss: {
        single: loss => `训练一轮，训练损失是 ${loss}。`,
        fell: (first, last, epochs) => `训练 ${epochs} 轮，训练损失从 ${first} 降到 ${last}。`,
        rose: (first, last, epochs) =>
          `训练 ${epochs} 轮，训练损失反而从 ${first} 升到 ${last}：一定有什么不对，多半是学习率。`,
        same: loss => `训练损失最后是 ${loss}，与第一轮相同：网络什么也没有学到。`,
      },
      validationLoss: {
        single: loss => `验证损失是 ${loss}。`,
        fell: (first, last) => `验证损失从 ${first} 降到 ${last}。`,
        rose: (first, last) => `验证损失从 ${first} 升到 ${last}。`,
        same: loss => `验证损失最后是 ${loss}，与开始时相同。`,
      },
      noValidation: '没有留出验证样本，即使过拟合也看不出来。',
      right: training => `最后一轮，训练集认对 ${training}。`,
      rightBoth: (training, validation, gap) =>
        `最后一轮，训练集认对 ${training}，验证集认对 ${validation}，相差 ${gap} 个百分点。`,
      meanOfEpoch: '训练集看上去差一些，只是因为它的准确率是整轮的平均，连最初几步也算在内。',
      lowest: (epoch, loss) => `验证损失在第 ${epoch} 轮最低（${loss}），此后没有再创新低。`,
      overfitting: '训练损失却一直在降：这是过拟合的迹象。',
      stillFalling: '直到训练结束，验证损失还在下降。',
      guessed: '这和瞎猜差不多：网络什么也没有学到。首先可以试试更小的学习率。',
      lowestAtEnd: '验证损失时升时降，最后一轮最低。',
    },

    test: {
      noLoss: received =>
        `这里应当是测试的损失，收到的却是 ${received}。请写 const [testLoss, testAccuracy] = model.evaluate(…)，再传入这两个值。`,
      noneWrong: '测试图片一张也没有认错。',
      wrong: wrong => `测试图片一百张认错 ${wrong} 张。`,
      wrongBoth: (wrong, before) =>
        `测试图片一百张认错 ${wrong} 张；训练的最后一轮，平均一百张认错 ${before} 张。`,
      loss: (loss, before) => `损失是 ${loss}，那一轮平均是 ${before}。`,
      guessed: '这和瞎猜差不多，还谈不上泛化。',
      otherNetwork:
        '这和瞎猜差不多：现在的网络不是训练过的那个，可能是重新搭建的（第 5 阶段）。请训练它（第 8 阶段），再测试一次。',
      wholly: '没见过的图和训练过的认得一样好：网络学会了泛化。',
      mostly: times =>
        `没见过的图，认错的比例至少是训练过的 ${times} 倍：一部分图是背下来的，但网络学会了泛化。`,
      byHeart: '没见过的图，认错的比例至少是训练过的两倍：许多图是背下来的，这就是过拟合。',
    },

    baselines: {
      cut: (wrong, without, share) =>
        `没有隐藏层，一百张约错 ${without} 张，这里错 ${wrong} 张：有了隐藏层，错的张数只有原来的 ${share}。`,
      noBetter: (wrong, without) =>
        `没有隐藏层，一百张约错 ${without} 张，这里错 ${wrong} 张：这个网络并没有更好。`,
      convolution: wrong => `小小的卷积网络还要好：一百张约错 ${wrong} 张。`,
      likeConvolution: wrong => `这已经和小小的卷积网络（一百张约错 ${wrong} 张）一样好。`,
    },

    mistakes: {
      none: '一张也没有认错。',
      commonest: mistakes => `${mistakes}。`,
      hardest: (digits, share) => `最难认的是 ${digits.join('、')}，认错了 ${share}。`,
      peopleToo: '这一对数字，连人也会看错。',
    },

    firstFour: {
      allRight: (count, answers) =>
        count === 1
          ? `认对了：${answers.join('、')}。`
          : `${count} 张全部认对：${answers.join('、')}。`,
      someWrong: (right, count, wrong) => `${count} 张认对 ${right} 张：${wrong.join('，')}。`,
      wrong: (place, label, answer) => `第 ${place} 张是 ${label}，被认作 ${answer}`,
    },
  },

  figures: {
    digit: '数字',
    label: '标签',
    accuracy: '准确率',
    loss: '损失',
    colon: '：',
    chance: (digit, probability) => `${digit}（${probability}）`,
    rightOf: (right, n) => `${n} 张中认对 ${right} 张`,
    notComputed: name =>
      `这里应当是 digits.${name}(model, …) 的结果：先写 const result = digits.${name}(…)，再写 figures.${name}(result)。`,

    baselines: {
      title: '测试集上认错的比例',
      alwaysOne: '一律回答 1',
      beyond: '≫ 放不下',
      noHiddenLayer: '没有隐藏层',
      network: '你的网络',
      convolution: '小卷积网络（练习 10.4）',
      row: (name, right, wrong) => `${name}：认对 ${right}，认错 ${wrong}`,
      compared: (noHiddenLayer, convolution) =>
        `同样的图，你的网络错 1 张，没有隐藏层的约错 ${noHiddenLayer} 张，卷积网络约错 ${convolution} 张`,
    },

    boundary: {
      title:
        '圆点和方块，用一条直线分不开。两层网络没有 relu，只能画直线；有了 relu，分界线会转弯。',
      withoutRelu: '没有 relu：',
      withRelu: '有 relu：',
      wrong: (wrong, count) =>
        wrong === 0 ? `${count} 个全部分对` : `${count} 个里分错 ${wrong} 个`,
      key: ['●圆点，□方块；橙色的分错了。', '蓝色区域：网络认为是圆点。'],
    },

    classCounts: {
      title: '每个数字的样本个数，从 0 到 9',
      training: '训练集',
      test: '测试集',
      samples: '样本个数',
      row: (name, counts) => `${name}：${counts.join('、')}`,
      ends: (most, n, fewest, m) => `；${most} 最多（${n}），${fewest} 最少（${m}）`,
    },

    classTest: {
      all: '全班',
      wrong: '认错的比例',
      hover: '%{customdata[1]} 个中认错 %{customdata[0]} 个（%{x:.1%}）<extra></extra>',
      result: (wrong, total, share) => `全班写了 ${total} 个数字，认错 ${wrong} 个，${share}`,
      interval: (from, to) => `样本这么少，只能说在 ${from}～${to} 之间`,
      mnist: share => `MNIST 的测试集（虚线）：${share}`,
      differs: {
        worse: '高得太多，不会只是偶然',
        better: '低得太多，不会只是偶然',
        alike: '差别可能只是偶然',
      },
      between: '。',
      row: (name, wrong, total, share, from, to) =>
        `${name}：${total} 个中认错 ${wrong} 个，${share}（95% 置信区间 ${from}～${to}）`,
      noWriters: (count, received) =>
        `${count} 个样本应当各有一个书写者，收到的是 ${received}。请写 const [classImages, classLabels, writers] = digits.drawnSet(…)，再传入 classLabels、它的预测和 writers。`,
    },

    confusionMatrix: {
      prediction: '预测',
      share: '认错的占该行的比例',
      right: '%{y}，认对 %{customdata} 个（%{z:.1%}）<extra></extra>',
      wrong: '%{y} 被认作 %{x}：%{customdata} 个（%{z:.1%}）<extra></extra>',
      result: (total, wrong) => `${total} 个样本，认错 ${wrong} 个`,
      mistake: (label, prediction) => `${label} 被认作 ${prediction}`,
      commonest: (mistake, _, n) => `只看一个方向，这次运行最常见的错误：${mistake}，${n} 次`,
      manyAlike: (_, n) => `这次运行，同一种错误最多 ${n} 次`,
      fewAlike: (mistakes, _, n) => [`这次运行最常见的错误，各 ${n} 次：`, mistakes.join('、')],
      words: result => `混淆矩阵：${result}。`,
      hardest: (hardest, most, easiest, least) =>
        `最难认的是 ${hardest}，错 ${most}；最好认的是 ${easiest}，错 ${least}`,
      most: mistakes => `最常见的错误：${mistakes.join('；')}`,
      row: (label, right, total, mistakes) =>
        `${label}：${total} 个里认对 ${right} 个${mistakes.length > 0 ? `，被认作 ${mistakes.join('、')}` : ''}`,
      asOther: (prediction, count) => `${prediction}（${count} 个）`,
    },

    digitRow: {
      noTitle:
        'digitRow 的第二个参数应当是 { title, labels, predictions }。请写上标题、标签和预测。',
    },

    digitWall: {
      rows: counts =>
        new Set(counts).size === 1
          ? `数字墙：从 0 到 9，每个数字一行，每行 ${counts[0]} 张。`
          : `数字墙：每行一个数字，从 0 到 9，张数依次为 ${counts.join('、')}。`,
      variety: (digit, least, most) =>
        `同一个数字，写法各不相同：光是 ${digit}，笔画占的像素就从 ${least} 个到 ${most} 个不等。`,
    },

    forwardPass: {
      otherEnd: received =>
        `模型的最后一层应当是带 softmax 的 Dense 层，输入应当是一排神经元，现在的最后一层是 ${received}。请以 tf.layers.dense({ units: 10, activation: 'softmax' }) 结尾；前面若是图片，先用 Flatten 展平。`,
      pixels: (size, count, lit) => [
        `① ${size} 个像素，`,
        `排成一行是 ${count} 个数，其中 ${lit} 个不是 0`,
      ],
      hidden: (count, silent, unit, largest) => [
        `② 隐藏层 ${count} 个神经元的输出：`,
        silent === Number(count)
          ? '全部是 0'
          : `${silent} 个是 0，最大的是第 ${unit} 个（从 0 数起），为 ${largest}`,
      ],
      logits: (count, digit, largest) => [
        `③ 输出层的 ${count} 个 logits，可正可负：`,
        `最大的是数字 ${digit} 的，为 ${largest}`,
      ],
      probabilities: (count, digit) => `④ softmax 得到 ${count} 个概率，数字 ${digit} 的是：`,
      others: others => `其次是 ${others.join('、')}`,
    },

    inOneLine: lines => lines.join(''),

    history: {
      title: '训练过程中的损失和准确率',
      epoch: '轮次',
      noLoss: names =>
        `应当有至少一轮的损失，收到的是 ${names}。请传入 fit 返回的 history.history。`,
      training: '训练集',
      trainingEpoch: '训练集，每轮',
      trainingSteps: size => (size === 1 ? '训练集，每步' : `训练集，每 ${size} 步`),
      validation: '验证集',
      earlierRun: '上一次训练',
      originalRun: '原教程的五轮',
      noStep: '还没有训练任何一步',
      steps: (name, first, last) => `${name}（逐步）：${first} → ${last}`,
      beside: name => `对照：${name}`,
      onClick: name => `${name}（点击显示）`,
      lowest: (epoch, loss) => `第 ${epoch} 轮最低：<br>${loss}`,
      from: value => `从 ${value} 起`,
      semicolon: '；',
      course: (name, set, values) => `${name ? `${name}：` : ''}${set} ${values}`,
      best: epoch => `，第 ${epoch} 轮最好`,
      apart: epoch => `从第 ${epoch} 轮起，训练集好于验证集`,
    },

    learningRates: {
      axis: '学习率',
      head: (count, rate, before, after, isLower) => [
        `${count} 个参数一起走一步，学习率 ${rate}：`,
        isLower
          ? `损失 ${before} → ${after}，变小了`
          : `损失 ${before} → ${after}，没有变小：这一步太大了`,
      ],
      words: (lowest, rate, end, far) =>
        `换不同的学习率：取 ${rate} 时损失最小，是 ${lowest}；取 ${far} 时是 ${end}`,
      noGradients: received =>
        `这里应当是模型各个变量的梯度，收到的是 ${received}。请写 const { grads } = tf.variableGrads(loss)，再写 figures.learningRates(loss, grads)。`,
    },

    losses: {
      noFunction: received =>
        `loss 应当是一个函数，收到的是 ${received}。请传入 loss 本身，后面不加括号：figures.valley(model, loss)。`,
      noNumber: received =>
        `loss() 应当返回只含一个有限数的张量，收到的是 ${received}。请在最后用 .mean() 对整批取平均，并检查输入和权重是不是正常的数。`,
    },

    networkDiagram: {
      title: '网络的结构',
      input: '输入',
      inputShape: shape => `形状 ${shape}`,
      outputShape: shape => `输出 ${shape}`,
      parameters: sum => `${sum} 个参数`,
      total: count => `参数总数：${count}`,
      row: (title, parts) => `${title}：${parts.join('，')}`,
      notSequential: received =>
        `应当是搭建好的 Sequential 模型，第一层写明 inputShape；收到的是 ${received}。请用 tf.sequential() 逐层搭建。`,
    },

    nudge: {
      title: (from, to) => `图片稍稍一变，答案就从 ${from} 变成 ${to}；权重没有动`,
      before: from => ['① 原图：', `认作 ${from}`],
      change: times => ['② 改动：', `放大 ${times} 倍`],
      after: to => ['③ ① + ②：', `认作 ${to}`],
      scale: largest => `② 橙色变亮，蓝色变暗，最多 ${largest}`,
      rim: '边缘也有改动：训练时那里几乎总是黑的',
      pBefore: (from, to, [p, q]) => `改动前，${from}：${p}，${to}：${q}`,
      pAfter: (from, to, [p, q]) => `改动后，${from}：${p}，${to}：${q}`,
      size: (largest, total, ink) =>
        `每个像素最多改动 ${largest}；所有改动加起来是 ${total}，原图所有像素加起来是 ${ink}`,
      places: (brighter, darker) => `明显变亮的像素有 ${brighter} 个，变暗的有 ${darker} 个`,
      already: answer =>
        `{ to } 应当是另一个数字，网络的答案却已经是 ${answer}。请换一个数字，或者不写 { to }。`,
      noClass: (to, last) =>
        `{ to } 应当是 0～${last} 的数字，收到的是 ${to}。例如写作 { to: 3 }。`,
      none: from =>
        `沿着梯度改动像素，答案始终是 ${from}。模型学到东西了吗？如果权重都是 0，对像素的梯度也都是 0。`,
    },

    pixelNumbers: {
      hover: '第 %{y} 行，第 %{x} 列：%{text}<extra></extra>',
      size: size => `${size} 个数：`,
      ends: white => `0 是黑，${white} 是白。`,
      framed: '下面是蓝框里的数，',
      restIsZero: '框外都是 0。',
      restIsLeftOut: '框外的没有列出。',
      words: (size, white, lit, largest) =>
        `一张图就是 ${size} 个数：0 是黑，${white} 是白。${lit === 0 ? '这张图全部是 0。' : `其中 ${lit} 个不是 0，最大的是 ${largest}。`}`,
      place: (top, bottom, left, right) =>
        `笔画占第 ${top}～${bottom} 行、第 ${left}～${right} 列（从 0 数起）。`,
    },

    probabilityBars: {
      title: (right, n) =>
        n === 1 ? '每个数字的概率' : `每个数字的概率；${n} 张中认对 ${right} 张`,
    },

    pushes: {
      output: '输出',
      head: (label, push) => [
        'p − y，就是 logits 的梯度：',
        push === '0.00'
          ? `${label} 的几乎是 0：已经认对了`
          : `${label} 的是负数 ${push}，所以推高；其余的压低`,
      ],
      words: (label, push, others) => `推高：${label}（${push}）；压低：${others.join('、')}`,
    },

    redrawDigits: {
      title: '随机取出测试集中的任意4个数据进行识别',
      words: (draws, pictures, mistakes) =>
        `抽 ${draws} 次，每次四张；${pictures} 张中认对 ${pictures - mistakes.length} 张${mistakes.length > 0 ? `。认错的：${mistakes.slice(0, 6).join(' · ')}${mistakes.length > 6 ? ' · …' : ''}` : ''}`,
      button: '再抽四张',
      tooFew: (least, count) =>
        `应当至少有 ${least} 张图片可抽，收到的是 ${count} 张。请传入整个测试集。`,
    },

    unitWeights: {
      unit: '神经元 %{text}<extra></extra>',
      weight: '权重',
      words: (units, size) => `${units} 个神经元，每个的 ${size} 个权重画成一张图。`,
      caption:
        '橙色的地方，像素越亮，神经元的加权和越大；蓝色的地方，像素越亮，加权和越小。留意斑块和笔画：它们对应数字的某一部分。其余的大多像是随机的，边缘一圈尤其如此：那里的像素几乎总是 0，梯度也就几乎总是 0。',
      noPixelWeights:
        '应当是以图片为输入的模型，其第一个 Dense 层的每个神经元对每个像素有一个权重；这个模型不是。请传入第 5 阶段那样的模型：Flatten 之后就是 Dense。',
    },

    unitsBorn: {
      step: step => `第 ${step} 步`,
      stepWithLoss: (step, loss) => `第 ${step} 步：损失 ${loss}`,
      caption: '先是噪声，再是斑块和笔画。边缘始终像噪声：那里的像素和梯度几乎总是 0。',
      next: '往后看 ▶',
      words: (units, size) =>
        `训练过程中的 ${units} 个神经元，每个的 ${size} 个权重画成一张图。还没有变过的权重占多少：`,
      row: (step, unmoved) => `${step}，${unmoved} 的权重还没有变过`,
      nothing:
        '这里应当是训练时记录下来的神经元，但还什么都没有记录。请先写 const units = digits.recordUnits();，再给 fit 加上选项 callbacks: units，等 fit 结束后再画图。',
    },

    valley: {
      axis: '这个权重的值',
      here: '我们在这里',
      pixel: input => `像素 ${input}`,
      unit: input => `神经元 ${input}`,
      head: (from, output, slope, isValley) => [
        `只改一个权重（${from} → 输出 ${output}）：`,
        isValley
          ? `损失像山谷，此处的斜率 ${slope} 就是梯度`
          : `损失曲线此处的斜率 ${slope} 就是梯度`,
      ],
      words: (here, value, lowest, at) =>
        `现在这个权重是 ${value}，损失是 ${here}；权重为 ${at} 时损失最小，是 ${lowest}`,
      noDense: '模型里应当有一个 Dense 层，这个模型却没有。请传入第 5 阶段那样的模型。',
    },

    withoutUnits: {
      off: '关掉几个神经元',
      hover: '关掉 %{x} 个：准确率 %{y:.1%}<extra></extra>',
      head: (all, [, few, half], accuracy) => [
        `隐藏层 ${all} 个神经元全开，准确率 ${accuracy[0]}；`,
        `关掉 ${few} 个是 ${accuracy[1]}，关掉 ${half} 个是 ${accuracy[2]}`,
      ],
      row: (count, accuracy) => `关掉 ${count} 个：准确率 ${accuracy}`,
      otherModel:
        '应当是一个 Sequential 模型：先有一个直接读像素的 Dense 层，它后面至少还有一层。请传入第 5 阶段那样的模型。',
    },

    worstMistakes: {
      words: (mistakes, n, shown, surest, least) =>
        mistakes === 1
          ? '只认错一个：'
          : `认错 ${n} 个。网络最有把握的 ${shown} 个，给错误答案的概率${surest === least ? `是 ${surest}` : `从 ${surest} 到 ${least}`}：`,
      none: '一个也没有认错。',
    },
  },

  input: {
    notFinite: {
      loss: (value, epoch, step, steps) =>
        `损失变成了 ${value}（第 ${epoch} 轮，第 ${step}/${steps} 步）`,
      weights: epoch => `权重变成了 NaN 或无穷大（第 ${epoch} 轮末）`,
      lost: '，训练到此停止，模型的权重已经丢失：请先重新搭建模型（第 5 阶段），再继续。',
      validation: (value, epoch) =>
        `验证集的损失是 ${value}（第 ${epoch} 轮末），训练到此停止，模型保留这一轮的权重。`,
      evaluation: value => `损失是 ${value}。`,
    },

    cause: {
      data: (name, sample, value) =>
        `原因在 ${name}：第 ${sample} 个样本（从 0 数起）中有 ${value}。请查一查它从哪里来，例如除以了 0，或者有缺失值；然后改正它，或者去掉这个样本。`,
      weights:
        '模型的权重在这之前就已经是 NaN 或无穷大，多半是以前的训练造成的。请重新搭建模型（第 5 阶段），重新配置（第 7 阶段），再运行这个单元格。',
      negativeRate: rate =>
        `学习率 ${rate} 是负数，每一步都让损失变大。请改为正数，例如 optimizer: tf.train.adam(0.001)，重新 compile，再运行这个单元格。`,
      enormous: (least, most) =>
        `原因在 x：它的值在 ${least}～${most} 之间，太大了。请先缩放到 0～1 之间，像素写 divide(trainImages, 255)，再运行这个单元格。`,
      rate: (rate, smaller) =>
        `多半是学习率${rate === undefined ? '' : ` ${rate} `}太大，每一步都跨过了最低点，越走越远。请用小一些的学习率重新 compile，例如 optimizer: tf.train.adam(${smaller})，再运行这个单元格。`,
      notScaled: (least, most) =>
        `另外，x 在 ${least}～${most} 之间，没有缩放：请先变到 0～1 之间，像素写 divide(trainImages, 255)。`,
      firstWeights:
        '第一步的损失就已经很大，多半是初始权重太大（kernelInitializer），而不是学习率。请用通常的初始权重重新搭建模型。',
    },

    noDevice:
      '还没有选定计算设备，TensorFlow.js 只能用很慢的纯 JavaScript 计算。请先运行第 2 阶段的 await digits.useDevice()；在自己新建的笔记本里，写 await tf.ready();',
    noModel: (example, kind) =>
      `这里应当是一个模型，写作 ${example}，收到的是 ${kind}。${kind === 'undefined' ? '请先运行第 5 阶段搭建模型，并检查名字有没有写错。' : '模型写在最前面，数据在它后面。'}`,

    /** What figures are drawn from, and what came in its place, with what to do. */
    names: { pictures: '图片', labels: '标签', predictions: '预测', probabilities: '概率' },
    counted: {
      samples: n => `${n} 个样本`,
      pictures: n => `${n} 张图片`,
      labels: n => `${n} 个标签`,
      predictions: n => `${n} 个预测`,
      probabilities: n => `${n} 行概率`,
    },
    refused: (name, example, received) => `${name}应当是数，例如 ${example}，收到的是${received}`,
    missing: value => ` ${value}。请先运行得到它的单元格，并检查名字有没有写错。`,
    pending: ' Promise，其中的值还没有算好。请在得到它的调用前面写上 await。',
    single: value => ` ${value}。只有一个时也要写成列表：[${value}]。`,
    otherKind: kind => ` ${kind}。可以是加载得到的数组、张量或数的列表。`,
    disposed:
      '已被释放（dispose）的张量。请再运行一次得到它的单元格；tf.tidy 里创建的张量，出了 tf.tidy 就会被释放。',
    otherValues: type => `类型为 ${type} 的值。请先变成数，例如 values.map(Number)。`,
    unequal: (name, first, at, received) =>
      `${name}的每一项应当形状相同，第 0 项是 ${first}，第 ${at} 项却是 ${received}。请检查这个列表是怎样得到的。`,
    unequalCounts: counts =>
      `数量应当相同，至少各有一个，收到的是 ${counts.join('、')}。请取同一个集合的同一段切片。`,
    onePerSample: (name, shape) => `${name}应当每个样本一个数，收到的形状是 ${shape}。`,
    takeClasses: '如果这是概率或独热编码，请用 argMax(1) 取出类别。',
    passClasses: '标签请用 testLabels.slice(0, 4) 这样的切片，预测请用 probabilities.argMax(1)。',
    noClass: (name, classes, at, value) =>
      `${name}应当是 0～${classes - 1} 的整数，第 ${at} 个（从 0 数起）却是 ${value}。`,
    classCures: {
      labels: '标签是类别的编号：不要像处理像素那样除以 255，也不要有缺失值。',
      predictions: '预测请用 argMax(1) 的结果，1 是类别所在的轴。',
    },
    noPictures: shape => `图片的形状应当是 [张数, 高, 宽]，收到的是 ${shape}。`,
    reshape: '请写 x.reshape([-1, 28, 28])。',
    passPictures: '请传入加载得到的图片；只要一张时，用切片 testImages.slice(0, 1)。',
    severalPictures: (count, name) =>
      `应当只有一张图片，收到的是 ${count} 张。请用切片取一张，例如 ${name}.slice(0, 1)。`,
    noPixel: (at, value) =>
      `像素应当在 0～255 或 0～1 之间，第 ${at} 个却是 ${value}。请传入加载得到的图片，例如 testImages.slice(0, 4)。`,
    noRows: (samples, shape) =>
      `${samples} 个样本应当各有一行概率，收到的形状是 ${shape}。请传入 model.predict(x)，x 是同样的样本，不要先取 argMax。`,
    noProbability: (at, value) =>
      `概率应当在 0 和 1 之间，第 ${at} 个却是 ${value}。如果模型的输出是 logits，请先写 .softmax()。`,
    noAccuracy: received =>
      `准确率应当在 0～1 之间，收到的却是 ${received}。请写 const [testLoss, testAccuracy] = model.evaluate(…)，再传入 testAccuracy；模型在 compile 时要有指标。`,

    noSamples:
      'x 应当至少有一个样本，收到的是 0 个。请检查取样本的切片：xTest.slice(0, 4) 从第 0 个起取 4 个。',
    oneMoreClass: units => `如果确实有这一类，最后一层需要 units: ${units}；否则请改正标签。`,

    wholeNumber: (name, received, example) =>
      `${name} 应当是大于 0 的整数，收到的是 ${received}。例如写作 ${example}。`,
    validationSplit: received =>
      `validationSplit 应当在 0 和 1 之间（不含 1），收到的是 ${received}。例如要留出 20%，就写 0.2。`,
    noneToTrain: (split, samples) =>
      `validationSplit 为 ${split} 时，${samples} 个样本全都留作验证，没有剩下可以训练的。请把它改小，例如 0.2，或者增加样本。`,
  },

  leaving: {
    badName: received =>
      `名称只能用字母、数字、- 和 _，例如 'my-network'，收到的是 ${received}。请不要写文件夹和扩展名。`,
    saved: place => `已保存到${place}；那里原来如果存着模型，已经被它替换。`,
    inFolder: name => `这个笔记本旁边的文件夹“${name}”`,
    inBrowser: name => `这个浏览器的存储（名称“${name}”）`,
    notWritten: (folder, said) =>
      `模型无法保存到${folder}（${said}）。请在可以写入的文件夹中打开笔记本，或者换一个名称。`,
    noModel: (name, place) =>
      `${place}里没有模型。请先运行 await digits.saveModel(model, '${name}')。`,
    unreadable: (folder, said) =>
      `无法读取${folder}中的模型（${said}）：文件损坏或不完整。请重新保存。`,
    link: (file, kilobytes) =>
      `${file}，${kilobytes} kB：一个网页，里面存着这个网络的权重。下载以后，用任何浏览器打开即可，不用联网，也不需要任何库。`,
    untrained:
      '这个网络没有用 model.fit 训练过，可能只会瞎猜。请先训练（第 8 阶段），再运行这个单元格。',
    page: {
      title: '我的网络会认数字',
      help: '在黑色方块上写一个数字，或者选择一张数字图片。',
      clear: '清除',
    },
  },

  notebook: {
    noFigure: received =>
      `display 需要一张图，例如 display(figures.classCounts(trainLabels, testLabels))，收到的是 ${received}。`,
  },

  pad: {
    line: '手写板：运行这个单元格，就可以在这里写数字，让网络来认。',
    setLine: '手写板：运行这个单元格，就可以在这里写下自己的十个数字。',
    titles: {
      trained: '训练过的网络',
      untrained: '没有训练过的网络：权重是随机的',
      set: '你写的十个数字，收进全班的测试集',
    },
    otherName: name =>
      `应当写成 digitPad('trained')、digitPad('untrained')、digitPad('set')，或传入一个模型：digitPad(model)；收到的是 '${name}'。`,
    otherShapes: received =>
      `手写板需要一个 Sequential 模型，输入是 28 × 28 的图片，输出是 10 个概率，收到的是 ${received}。请传入第 5 阶段那样的模型。`,
    otherLayer: (activations, name, received) =>
      `手写板自己在网页里计算，只会算 Flatten、Dense 和 Dropout 层，激活函数可以是 ${activations.join('、')}。这个模型的层 ${name} 是 ${received}。请用这些层搭建模型，Dense 之前先用 Flatten。`,
    notFinite: name =>
      `层 ${name} 的权重里有不是数的值（NaN 或 Infinity），训练没有成功，常见的原因是学习率太大。请减小学习率，从第 5 阶段重新运行。`,
    noProbabilities: activation =>
      `手写板把输出画成概率，所以最后一层的激活函数应当是 softmax（或 sigmoid），收到的是 ${activation}。请改为 activation: 'softmax'，再训练一次。`,

    page: {
      draw: '在这里写一个数字',
      seen: '网络看到的：28 × 28',
      clear: '清除',
      help: '鼠标、手指或笔都可以。键盘：方向键移动笔尖，空格键落笔或提笔，Delete 键清除。',
      explain:
        '蓝框是笔迹的外框。笔迹先按比例缩放，刚好放进 20 × 20；再整体移动，使重心落在 28 × 28 的正中（十字处）。MNIST 的每一张图都是这样处理的。',
      empty: '写一个 0～9 的数字，你一边写，网络一边认。',
      bars: '概率',
      answer: '网络认为这是 {digit}，概率 {percent}。',
      set: {
        task: '请写 {digit}。',
        all: '十个数字都写好了。请复制这一行，交上去。',
        cells: '你写的十个数字',
        next: '下一个数字',
        another: '换一个人写',
        name: '你的名字',
        title: '你写的十个数字，存成一行',
        missing: '十个都写好以后，这一行才会出现，还差 {count} 个。',
        explain:
          '照你平时的写法写就行，这里不会给出答案。想重写哪个，就按哪个。这一行里也带着你的名字，不想留名可以不填。',
      },
      line: {
        wrote: '我写的是',
        sent: '课程已经收到你写的 {digit}，用 digits.drawn() 就能取到。',
        byCopy:
          '这个页面没法把你写的数字传给课程。请复制下面这一行，粘贴到 digits.drawn() 的括号里。',
        title: '这个数字，存成一行文字',
        label: '一行文字',
        copy: '复制',
        copied: '已复制。请粘贴到课程的单元格里。',
        byHand: '浏览器不让网页复制：请按 Ctrl+C（Mac 按 ⌘C）。',
        none: '还没有写数字。',
        unlabelled: '请在上面选一下你写的是几，课程才能用它。',
      },
      picture: {
        open: '打开图片……',
        how: '也可以用图片：把写在纸上的数字拍下来，存成 PNG 或 JPEG。打开文件、拖到手写板上，或者点一下手写板再粘贴，都可以。',
        reading: '正在读取图片……',
        remarks: {
          inverted: '网络只见过黑底白字，所以把你的图片反色了。',
          thickened: '图中的笔画比 MNIST 的细，已经加粗。',
          several: '图中有好几个数字，取了最大的一个。',
          cut: '数字碰到了图片的边缘，可能缺了一部分。',
        },
        faults: {
          none: '粘贴或拖入的内容里没有图片。请复制一张图片，或者打开 PNG、JPEG 文件。',
          many: '一次只能放一张图片，这里有 {count} 个文件。请只选写有你的数字的那一张。',
          other:
            '{name} 不是浏览器能读的图片，应当是 PNG 或 JPEG。其他格式（如 HEIC、SVG）请先存成这两种之一；如果它已经是了，那么文件已经损坏或不完整。',
          blank:
            '在 {name} 里没有找到数字：应当是浅色背景上的深色笔画，或深色背景上的浅色笔画。请写大一些，或者离近一点再拍。',
        },
      },
      advice: {
        larger: '写得太小了，请写大一些。',
        single: '请一次只写一个数字。',
        lines: '请只写数字的笔画，不要涂满四周。',
      },
    },
  },

  unit: {
    example: pattern =>
      `四个权重都是 0.5，偏置为 0。图片：${pattern}。（运行这个单元格，就可以改动这些数。）`,
    page: {
      picture: '图片 x',
      weights: '权重 w 和偏置 b',
      places: ['左上', '右上', '左下', '右下'],
      pixel: '像素，',
      weight: '权重，',
      bias: '偏置 b',
      patterns: ['左上到右下的对角线', '另一条对角线', '上面一行', '左边一列', '全亮', '只亮一个'],
      task: '任务：选好权重和偏置，让这个神经元只对左上到右下的对角线有反应，对别的黑白图案都没有。',
      answers: '神经元有反应：h = {h}。',
      silent: '神经元没有反应：h = 0。',
      done: '✓ 全部 16 个黑白图案里，它只对左上到右下的对角线有反应。',
      almost: '差一点：它对没有列出的图案 x = ({x}) 也有反应。',
      colours:
        '像素越亮，橙色的权重越让神经元兴奋，蓝色的越抑制它，白色的不起作用。点方块或移动滑块，就改变一个数；点图案，图片就换成它。',
    },
  },

  guesses: {
    again: {
      asksAgain: '上课时，这几道猜错了。现在你选哪一个？',
      none: '没有要再猜的：要么上课时全猜对了，要么一道也没有猜。',
      otherOption: '不是这一个。先说说为什么，再点开别的。',
    },
    page: {
      between: '',
      noted: '记下了，请运行下一个单元格。',
      below: '记下了，结果在下面。',
      known: '结果已经知道了，这次点选不算。',
      guessed: '你猜的是：{option}。',
      cover: '显示结果',
      none: '你还没有猜过。问题都在单元格前面，点一个选项就行。',
      unknown: '还没有结果。请先运行问题后面的单元格。',
      allRight: '一共 {all} 个问题，你猜了 {made} 个，猜过的都对。',
      missed: '一共 {all} 个问题，你猜了 {made} 个，下面这些没有猜中：',
    },
    answer: option => `答案：${option}。`,
    came: value => `结果是：${value}。`,
    unknownId: (id, ids) => `没有名为 ${id} 的问题，应当是其中之一：${ids}。`,
    otherValue: received => ` ${received}。请给一个这样的数。`,
    noValue: (example, low, high, received) =>
      `应当是${high > 1000 ? `不小于 ${low} 的数` : ` ${low}～${high} 的数`}，写作 ${example}，收到的是${received}`,
    questions: {
      shapes: {
        asks: '60000 张 28 × 28 的图片和它们的标签，两个数组各是什么形状？',
        options: [
          '[60000, 28, 28] 和 [60000]',
          '[28, 28, 60000] 和 [60000]',
          '[60000, 784] 和 [60000]',
          '[60000, 28, 28] 和 [60000, 10]',
        ],
        why: '从外往里读：60000 张图，每张 28 行，每行 28 个像素。把 28 × 28 排成 784 是后面 Flatten 的事；一个标签就是一个数字。',
      },
      division: {
        asks: '像素的形状、范围、类型，除以 255 会改变哪几样？',
        options: ['只有范围', '范围和类型', '三样都变'],
        why: '0～255 的字节变成 0～1 的 float32，因为字节放不下小数。每个数各除各的，形状不变。',
      },
      untrained: {
        asks: '网络还没有训练。对你写的数字，它最看好的那个答案，概率有多大？',
        options: ['10%，跟别的数字一样', '10%～30%', '30%～70%', '70% 以上'],
        why: '初始权重又小又随机：十个概率大约都在 5%～20%，其中总有一个碰巧最大。它什么也不懂，照样给出回答，答对了也是碰巧。',
        otherwise:
          '没有训练过的网络，给自己答案的概率通常是 12%～25%，因为初始权重又小又随机。如果它已经训练过，请从第 5 阶段重新运行。',
      },
      parameters: {
        asks: '128 个神经元、784 个输入的一层，有多少个参数？',
        options: ['912', '100352', '100480', '101770'],
        why: '每个神经元对 784 个输入各有一个权重，另有一个偏置：784 × 128 + 128。912 把该乘的加了起来，100352 漏了偏置，101770 是整个网络的。',
      },
      tenfold: {
        asks: '正确答案的概率是 p。p = 1 时损失是 0，p = 0.1 时是 2.3，p = 0.01 时是 4.6。p = 0.001 时呢？',
        options: ['5.1，只多一点', '6.9，又多 2.3', '9.2，变成两倍', '46，变成十倍'],
        why: '不管损失 −ln p 原来多大，概率降到十分之一，它总是增加 ln 10 ≈ 2.3：对数把倍数变成了加法。',
      },
      'first-loss': {
        asks: '新的网络什么也没学过，它的损失大约是多少？',
        options: ['约 0，还没有犯过错', '约 1', '约 2.3', '约 10，因为有十个数字'],
        why: '它给正确数字的概率约为 0.1，而 −ln 0.1 = 2.30。损失为 0，意味着次次认对，而且完全肯定；十个数字对应的是 ln 10，不是 10。',
        otherwise:
          '新的网络约为 −ln 0.1 = 2.30。现在这个不是新的，或者像素没有除以 255：请从第 4 阶段重新运行。',
      },
      'later-epochs': {
        asks: '第一轮结束时，验证准确率约为 95%。后面四轮还能带来什么？',
        options: [
          '剩下的 5 个百分点全部补上',
          '再提高 1～4 个百分点',
          '不再变化：每张图都已经看过了',
          '反而变差：网络开始死记硬背',
        ],
        value: (first, last) => `第一轮结束时 ${first}，最后 ${last}`,
        why: '最初的几步进步最快，以后一轮比一轮慢：还没有认对的，都是难认的图。',
        otherwise:
          '多数时候，后面四轮再提高两三个百分点。训练中途停了，或者是接着上一次练的，就会少一些。',
      },
      sorted: {
        asks: '6000 个样本按标签从 0 到 9 排好序，fit 留出五分之一做验证。验证准确率会是多少？',
        options: ['约 0', '约 50%，因为更难', '约 75%', '约 90%，反正 fit 会打乱'],
        why: '先切分，后打乱：切下的最后 20% 几乎全是 8 和 9，训练时一个也没见过。',
        otherwise:
          '多数时候接近 0：先切分，后打乱，切下的最后 20% 几乎全是 8 和 9。如果样本事先打乱过，训练时就见过每个数字。',
      },
      stop: {
        asks: '同样的网络练了 20 轮。练完第几轮时，验证损失最低？',
        options: ['第 1 轮', '第 6 轮', '第 13 轮', '第 20 轮'],
        why: '到第 6 轮为止，学到的对没见过的图也有用。以后训练损失继续下降，验证损失却回升：从这里起，网络多半只是在背。',
      },
      test: {
        asks: '测试集上的准确率，跟训练时比，是高还是低？',
        options: ['更高', '一样', '略低', '低 5 个百分点以上'],
        value: (training, test) => `训练的最后一轮平均 ${training}，测试集上 ${test}`,
        why: '训练过的图片，它背下了一些；测试集里的图它从没见过。相差不大，说明它学会了认数字，不只是记住了图片。',
        otherwise:
          '通常略低，因为训练过的图片背下了一些。训练之初可能一样甚至更高，因为训练准确率是一边学一边算的平均；低得多就是过拟合。',
      },
      confused: {
        asks: '哪两个数字最容易弄混（两个方向合在一起算）？',
        options: ['1 和 7', '4 和 9', '3 和 5', '另外两个'],
        value: (one, other, count) => `${one} 和 ${other}，互相认错 ${count} 次`,
        why: '把 4 的口封上，跟 9 就只差几个像素。1 和 7 虽有一笔相同，但 1 没有 7 顶上那一横，那里的像素是 0。',
        otherwise: '多数时候是 4 和 9，它们只差几个像素；有时是 3 和 5，或者 2 和 7。',
      },
      nudge: {
        asks: '一点一点地改动图片，直到网络改变答案。变得最多的那个像素，变了多少？从黑到白算 1。',
        options: ['不到 0.02', '约 0.1', '约 0.5', '约 1，由黑变白'],
        why: '许多像素各变一点，都朝着对另一个答案最有利的方向，几百个像素各改一点，加起来就够了。在你看来还是同一个数字。',
        otherwise:
          '通常 0.05～0.3 就够了，因为几百个像素各改一点，会加在一起。究竟要多少，看网络对这张图有多大把握。',
      },
    },
  },

  record: {
    inFile: file => `笔记本旁边的 ${file}`,
    inBrowser: '这个浏览器',
    restored: (passed, place) =>
      `接着上次的学习记录，已通过 ${passed} 道练习。记录保存在${place}：await report() 查看，await clearRecord() 清空。`,
    newer: place =>
      `${place}里的学习记录来自更新版本的课程，本课不改动它，这次的结果也不会记进去。请更新课程，或用 await clearRecord() 重新开始记录。`,
    notKept: (error, place) =>
      `这次的作答只在内核结束前有效，无法保存到${place}（${error}）。请腾出空间，或者在可以写入的地方打开笔记本。`,
    noAnswer: '存储 10 秒内没有响应，请关闭浏览器后重新打开',
    longName: bytes =>
      `名字最多 48 个字节，也就是 16 个汉字或 48 个英文字母，收到的有 ${bytes} 个字节。请缩短。`,
    stage: stage => `阶段 ${stage}`,
    passed: '已通过',
    tried: '试过',
    open: '还没试',
    exercises: (passed, all) => `练习：${all} 道，通过 ${passed} 道`,
    guesses: (right, made, all) => `猜题：${all} 道，猜了 ${made} 道，猜对 ${right} 道`,
    quiz: (right, answered, all) => `小测验：${all} 题，答了 ${answered} 题，一次答对 ${right} 题`,
    row: (stage, passed, all) => `阶段 ${stage}：${all} 道，通过 ${passed} 道`,
    hand: '要给老师看，就复制下面这一行，或者保存笔记本后交上去。里面有：通过了哪些练习，试了几次，错在哪里，猜题和测验的答案；不含你写的任何内容；个人信息只有你填进 report 的名字，没填就没有。',
  },

  quiz: {
    right: '对。',
    wrong: '不对。',
    key: '答案：',
    between: '，',
    questions: [
      {
        asks: '一个神经元的两个权重是 1 和 −1，偏置是 −0.5，激活函数是 relu。输入两个像素 0.2 和 0.9，输出是多少？',
        options: [
          {
            says: '−1.2',
            why: '这是加权和加上偏置：0.2 − 0.9 − 0.5。后面还有 relu，它把负数变成 0。',
          },
          { says: '1.2', why: 'relu 不是去掉 −1.2 的负号，而是把负数变成 0。' },
          {
            says: '0',
            why: '0.2 − 0.9 − 0.5 = −1.2，经过 relu 变成 0。只有第一个像素比第二个亮 0.5 以上，这个神经元才会激活。',
          },
          {
            says: '0.2',
            why: 'relu 只做一次，在求和之后。第二个像素和偏置都原样加进总和，使它变小。',
          },
        ],
      },
      {
        asks: '把隐藏层的 relu 去掉，会怎样？',
        options: [
          {
            says: '没有影响，只要隐藏层的神经元够多，就能弥补',
            why: '再多也弥补不了：没有 relu，两个线性层合起来仍是一个线性层，分界面永远是平的。',
          },
          { says: '输出的不再是概率', why: '把输出变成概率的是 softmax，它还在。' },
          { says: '算得更快，别的不变', why: '省下的时间几乎测不出来，准确率却明显下降。' },
          {
            says: '整个网络只相当于没有隐藏层',
            why: '两个线性层合起来就是一个线性层，准确率只有 92% 左右。',
          },
        ],
      },
      {
        asks: '训练还没有开始，损失约为 2.3。这说明什么？',
        options: [
          {
            says: '网络在十个数字里瞎猜',
            why: '正确答案大约只得到 0.1 的概率，而 −ln 0.1 ≈ 2.3。',
          },
          { says: '有 2.3% 的图认错了', why: '损失不是百分比。瞎猜时，十张里大约要错九张。' },
          {
            says: '代码有错，因为损失总是从 1 开始',
            why: '损失没有上限，从多少开始要看有几类：十类是 ln 10，两类是 ln 2 ≈ 0.69。',
          },
        ],
      },
      {
        asks: '标签是 3。网络给 3 的概率是 0.2，给 8 的概率是 0.6。学一步，会把 3 和 8 往哪边推？',
        options: [
          {
            says: '3 往下压，8 往上推，因为 p − y 对 3 是负的，对 8 是正的',
            why: '符号算对了：−0.8 和 0.6。但是一步要沿梯度的反方向走。',
          },
          {
            says: '3 往上推，8 往下压',
            why: 'p − y 对 3 是 0.2 − 1 = −0.8，对 8 是 0.6，而一步沿它的反方向走。其余的数字也往下压，各按自己的概率。',
          },
          {
            says: '只把 3 往上推，因为损失只看标签的概率',
            why: '十个概率的和是 1，别的占去的，就是 3 少掉的，所以都要往下压。',
          },
          {
            says: '3 推到 1，其余的压到 0',
            why: '这只是方向。一步走多远由学习率决定，只走一小步。',
          },
        ],
      },
      {
        asks: '角上有一个像素，在所有训练图片里都是 0。训练会怎样改变与它相连的权重？',
        options: [
          {
            says: '不改变，它们仍像开始时一样随机',
            why: '权重的梯度里有一个因子是它的输入，这里总是 0，所以哪一步也不会改变它。因此权重画成图，边缘是杂乱的。',
          },
          {
            says: '变成 0，因为这个像素不起作用',
            why: '没有什么把它们拉向 0：损失与它们无关，梯度是 0，它们就停在初始值上。',
          },
          {
            says: '变大，直到这个像素也起作用',
            why: '权重再大，乘以 0 还是 0。损失不随它变化，也就无从学起。',
          },
        ],
      },
      {
        asks: '各轮的训练损失是 0.60、0.35、0.22、0.14、0.08、0.05，验证损失是 0.58、0.41、0.34、0.31、0.36、0.43。网络从第几轮开始过拟合？该留下哪一轮的网络？',
        options: [
          {
            says: '从第 5 轮开始过拟合，留下第 4 轮的',
            why: '从这里起，训练损失还在下降，验证损失却上升：学到的只对训练样本有用。回调 earlyStopping 会在几轮以后停下；正好要第 4 轮的，就重新练 4 轮。',
          },
          {
            says: '没有过拟合，因为训练损失每轮都在下降，留下第 6 轮的',
            why: '我们要的是认得没见过的图，训练损失说明不了这一点：背下样本，它也会下降。轮次不是越多越好。',
          },
          {
            says: '从第 2 轮开始过拟合，因为验证损失比训练损失高了，留下第 1 轮的',
            why: '单有差距并无害处，验证损失回升才是过拟合：到第 4 轮为止它都在下降，认没见过的图还在进步。',
          },
          {
            says: '从第 5 轮开始过拟合，但应当继续，因为每轮结束时，网络也会从验证集学习',
            why: '网络不从验证集学习：在它上面只算损失和准确率，参数一个也不改。',
          },
        ],
      },
      {
        asks: '你试了 5、10、20 轮，选了测试准确率最高的一种，并报告这个准确率。公平吗？',
        options: [
          {
            says: '公平，训练时谁也没有用过测试集里的图',
            why: '网络训练时没用，你挑选时却用了：照着测试集的成绩来选，选出来的成绩里就掺了运气。',
          },
          {
            says: '不公平，应当用验证集选，测试集最后只用一次',
            why: '只有从没参与选择的样本，才能说明网络识别新图的能力，也就是泛化。',
          },
          {
            says: '不公平，测试集的 10000 张图太少',
            why: '10000 张足够了，误差只有千分之几。问题在于用它来做选择。',
          },
        ],
      },
      {
        asks: '一个网络检查玻璃的图片有没有裂纹。测试集里，95% 的图没有裂纹。它的测试准确率是 95%。好不好？',
        options: [
          {
            says: '好：与课程里的 97% 相差不多',
            why: '准确率要与基线比，才有意义。数字总猜同一个，只对 11% 左右；这里总答“没有裂纹”，就对 95%。',
          },
          {
            says: '好，只要训练准确率不比它高',
            why: '这只说明没有过拟合，不说明学到了什么：总答“没有裂纹”，训练集和测试集的准确率也一样高。',
          },
          {
            says: '不好：20 张里错一张，非要 100% 才行',
            why: '没有对什么任务都适用的界限。要看基线是多少，还要看错的是哪些图。',
          },
          {
            says: '看不出来：总答“没有裂纹”，也有这么高',
            why: '这就是基线。准确率看不出的，要看混淆矩阵：裂纹找到了几个？也许一个也没有。',
          },
        ],
      },
      {
        asks: '两个网络的测试准确率都是 97%，损失却一个是 0.09，一个是 0.30。哪种说法对？',
        options: [
          {
            says: '不可能，一定是算错了',
            why: '可能。准确率只看认得对不对，损失还看正确答案得到多大的概率。',
          },
          {
            says: '10000 张测试图片里，损失 0.09 的网络认对的更多',
            why: '认对的一样多，都是 97%。损失小，并不等于多认对几张。',
          },
          {
            says: '损失 0.30 的网络，要么对时把握小，要么错时把握大',
            why: '损失是 −ln p 的平均值：也许它总是不太有把握，也许错的几张错得很有把握，p 接近 0，−ln p 就很大。',
          },
        ],
      },
      {
        asks: '你在手写板上写了字母 A，网络预测是 4，概率 0.99。这说明什么？',
        options: [
          {
            says: '十个数字里它最像 4，仅此而已',
            why: '网络只见过数字，训练时答对了越有把握，损失越小，它没有学过说“都不是”。概率高，不等于正确。',
          },
          {
            says: '这样的预测，100 次里有 99 次是对的',
            why: '谁也保证不了这一点，没见过的图形更不必说：拿字母来，一次也不会对。',
          },
          {
            says: '程序有错：对于字母，十个概率都应当接近 0',
            why: 'softmax 让十个概率的和总是 1，不可能都接近 0。',
          },
        ],
      },
    ],
  },

  text: {
    node: {
      fashionMissing: folder =>
        `这里没有 Fashion-MNIST 的文件，所以用它代替。有网络时，运行 await fashionMnist.loadData() 下载一次（约 30 MB）；没有网络时，请向别人要来这四个文件，放进 ${folder}，再运行本单元格。`,
    },
    browser: {
      fashionMissing:
        '这个网站上没有 Fashion-MNIST 的文件，所以用它代替，练习照样能做。想用 Fashion-MNIST 本身，请把课程安装到电脑上，运行 await fashionMnist.loadData() 下载。',
    },
  },

  training: {
    interruptedAtOnce: '训练在第一步之前已中断，模型的权重没有改变。\n',
    interrupted: (epoch, step, steps) =>
      `训练已中断：第 ${epoch} 轮，第 ${step}/${steps} 步。模型保留这一步的权重；可以运行下一个单元格，也可以再次运行本单元格继续训练。\n`,
    worseThanGuessing: (loss, classes, guess, cause) =>
      `训练没有学到东西：损失 ${loss} 比瞎猜（ln ${classes} = ${guess}）还大得多，这样的权重已经没有用处：请重新搭建模型（第 5 阶段）。${cause}\n`,
  },
};

/** Why a model trains by TensorFlow.js's own steps; the engine itself says it in English alone. */
function fallbackReason(code: FallbackCode, detail: string): string {
  const reasons: Record<FallbackCode, string> = {
    'reads-back': '它在计算途中把张量读回 JavaScript',
    'other-operations': '它每一步执行的运算并不相同',
    'new-numbers':
      '它在每一步用 JavaScript 生成新的数值，而不是用不带种子的 tf.randomNormal、tf.randomUniform 或 tf.truncatedNormal（float32）',
    'foreign-tensor': '它用到了不属于 TensorFlow.js 的张量',
    'constant-type': '它用到了 float32、int32、bool 以外的常数',
    stateful: `其中的 ${detail} 层把状态从一批带到下一批（stateful）`,
    'graph-refused': `TensorFlow 不接受它的计算图（${detail}）`,
    'folder-unwritable': `它的计算图无法写入临时文件夹（${detail}）`,
    operation: `它用到了运算 ${detail}，或者用法不在支持之列`,
  };
  return reasons[code];
}
