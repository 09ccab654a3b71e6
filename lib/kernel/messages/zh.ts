/** What learners read of the kernels, in Chinese. */
import type { Messages, PageMessages } from './en';

const menu = '菜单“运行”→“运行选中单元格上方的所有单元格”';

/** The texts of the page, which it loads without all the others. */
export const page: PageMessages = {
  banner: '浏览器里的 TypeScript',
  restarted:
    '这个单元格没有停下来，所以内核已重新启动，之前的变量都没有了。请从头运行：菜单“运行”→“运行选中单元格上方的所有单元格”。',
  notLoaded: reason => `内核没有加载成功${reason && `（${reason}）`}。请检查网络，然后刷新页面。`,
  ended: {
    exit: `单元格结束了内核（process.exit），内核已重新启动，之前的变量都没有了。请重新运行上面的单元格（${menu}）。`,
    memory: `内核的内存已用完，内核已重新启动，之前的变量都没有了。请减少数据，再重新运行上面的单元格（${menu}）。`,
    unknown: `内核意外结束（可能是电脑的内存不够），已重新启动，之前的变量都没有了。请重新运行上面的单元格（${menu}）。`,
  },
};

export const zh: Messages = {
  cells: {
    interrupted: '单元格已中断',
    pending: '这个值还没有算出来。是不是忘了写 await？',
    tooMuchOutput: '（输出太多，后面的不再显示。）',
    unheard:
      'prompt() 现在还不能提问：打开这个页面时，网站还没有准备好。请保存笔记本，刷新页面，再重新运行单元格。在无痕窗口里可能一直不能用，那就请把值直接写在单元格里。',
    unattended:
      'prompt() 现在没有人可问：它只能在单元格运行的时候，在 JupyterLab 或控制台里使用。其他时候，请把值直接写在单元格里。',
  },

  ended: page.ended,

  compiler: {
    ended:
      'TypeScript 编译器在读这个单元格时意外停止，已重新启动；变量都还在。请再运行一次这个单元格；如果又停止，请把它拆成几个。',
  },

  imports: {
    notLoaded: reason =>
      `课程的程序没有加载成功（${reason}）。请检查网络，刷新页面，再运行一次这个单元格。`,
    notHere: (name, known) =>
      `浏览器里不能导入 '${name}'。可以导入的有：${known.join('、')}。要用其他的包和文件，请把课程安装到电脑上。`,
    noMember: (from, name) => `'${from}' 没有导出 '${name}'。`,
  },

  hints: {
    punctuation: (sign, ascii) => `“${sign}”是中文标点，请换成英文的 ${ascii}`,

    pythonLine: code => `这一行是 Python 的写法，TypeScript 里要写成 ${code}`,
    python: (theirs, ours) => `Python 的 ${theirs}，在 TypeScript 里写成 ${ours}`,
    sliceOfArray: code => `${code}（数组）`,
    slices: (forArrays, forTensors) =>
      `${forArrays}（数组）或 ${forTensors}（张量和读入的数据：从第几个起，取几个）`,
    keywordArgument: (shown, value, object) =>
      `TypeScript 没有 ${shown} 这样的关键字参数：请按参数的顺序，只写值 ${value}；如果函数接受选项对象，就写 ${object}`,
    options: (shown, code) =>
      `TypeScript 没有 ${shown} 这样的关键字参数，选项要写在一个对象里：${code}`,

    terminal: '这是在终端里用的命令；单元格里只能写 TypeScript',
    help: '想看某个名字的说明，请把光标放到这个名字上，按 Shift+Tab',
    jsx: '单元格里不能写 JSX。要显示 HTML，请先 import * as tslab from "tslab"，再写 tslab.display.html("…")',

    wait: (code = '在前面写 await') => `这个值还没有算出来（Promise），要等它算完：${code}`,
    waitForAll: '这是一组还没有算出来的值（Promise）。请写 await Promise.all(…)，等它们全部算完',
    async: code => `函数里用到 await，函数前面就要写 async：${code}`,

    tensorFlow: {
      noBatchAxis: shape => `模型按批计算，只有一个样本也要有批次轴：写成 x.reshape(${shape})`,
      tooManyAxes: shape =>
        `样本多了一个轴，形状是 ${shape}：直接传入张量，外面不要再加方括号或 tf.stack`,
      nestedArrays:
        'predict 要的是张量，不是套在方括号里的张量：一个样本写成 x.reshape([1, 28, 28]) 或 xTest.slice(0, 1)',
      otherSamples:
        '样本的形状和第一层要的不同：对照 x.shape 和模型的 inputShape，再用 reshape 调整 x；只有一个样本，也要有批次轴：[1, …]',
      labels:
        '标签和损失函数不匹配。sparseCategoricalCrossentropy 要的是类别，形状 [样本数]；categoricalCrossentropy 要的是独热标签，即 tf.oneHot(y, 10)',
      unequalCounts: (samples, labels) =>
        `每个样本要有一个标签，而 x 有 ${samples} 个样本，y 有 ${labels} 个标签：两者要取同一段`,
      notCompiled: '这个模型搭好以后还没有 compile：请先运行有 model.compile 的单元格',
      noLayers: '这个模型还没有层：请先运行添加各层的单元格',
      noInputShape: '第一层要知道一个样本的形状（不含批次轴）：图片写 { inputShape: [28, 28] }',
      toFloat: '这个运算只接受 float32：写成 y.toFloat()',
      tensorList: (name, method) =>
        `${name} 是由几个张量组成的数组，先取出其中一个：${name}[0].${method}(…)`,
      noHandler:
        "TensorFlow.js 在这里不能用这个地址保存或读取。请写 await digits.saveModel(model, 'my-network') 和 await digits.loadModel('my-network')",
      names: names => `TensorFlow.js 认识的名称有：${names}`,
      disposed:
        '这个张量或模型已经被 dispose 或 tf.tidy 释放，里面的数没有了：请重新运行创建它的单元格',
      noBackend:
        '还没有启动设备：请先运行 await digits.useDevice()（第 2 阶段）或 await tf.ready()',
      busy: '这个模型正在训练。请等它结束，或者先中断它',
      noOperation: (name, node) =>
        `WebAssembly 引擎缺少运算 ${name}。${
          node
            ? '请安装原生引擎（npm run setup），或者换用其他层'
            : '请换用其他层；也可以把课程安装到电脑上，原生引擎能训练这个模型'
        }`,
      divisor: '像素除以 255：divide(trainImages, 255)',
      gpuMemory:
        'GPU 的显存已被占用，多半是另一个进程（例如另一个笔记本）占着。请关闭那个进程（nvidia-smi 会列出占用者），稍等片刻，重启内核再运行；或者设置 DIGITS_DEVICE=cpu 改用 CPU',
    },

    count: name => `要知道一共有多少个，请写 ${name}.shape[0]`,
    loadedData: name =>
      `${name} 是读入的数据：所有的数在 ${name}.data 里；要变成张量，图片用 divide(${name}, 255)，标签用 tf.tensor1d(${name}.data, 'int32')`,
    tooNew: (node, name) =>
      node
        ? `运行这个内核的 Node ${node} 还没有 ${name}；更新的 Node 才有`
        : `这个浏览器还没有 ${name}；更新的浏览器才有`,
    write: code => `想写的是 ${code} 吗？`,
    meant: name => `想写的是 ${name} 吗？`,

    onlyInPages: name => `只有网页里才有 ${name}，单元格里没有`,
    declare: (code, meant) => `${meant ? `想写的是 ${meant} 吗？` : ''}新的名字要先声明：${code}`,
    declaration: statement => `const ${statement}；以后还要改的，用 let`,
    isWithin: name => `${name} 只在声明它的函数或花括号里能用`,
    meantOrAbove: name => `想写的是 ${name} 吗？如果不是，请先运行上面的单元格（${menu}）`,
    missing: name =>
      `还没有 ${name}。请先运行上面的单元格（${menu}）；如果已经运行过，请检查有没有拼错`,
    constant: name => `会变的值用 let 声明：let ${name} = …`,

    repeatArray: code => `数组不能用 * 重复，请写 ${code}`,
    repeatString: code => `字符串不能用 * 重复，请写 ${code}`,
    numbersOnly: (sign, tensor, array, pictures) =>
      [
        `${sign} 只能用于数。张量请写 ${tensor}`,
        ...(array ? [`数组请写 ${array}`] : []),
        ...(pictures ? [`读入的图片请写 ${pictures}`] : []),
      ].join('；'),
    addTensors: code => `张量相加请写 ${code}`,
    joinArrays: code => `数组不能用 + 连接，请写 ${code}`,
    addToEach: code => `数组不能直接加一个数，请写 ${code}`,

    expected: (expected, came, code) =>
      `这里需要${expected}，实际给的是${came}${code ? `：请写 ${code}` : ''}`,
    expectedOptions: came => `这里要写一个选项对象 { … }，实际给的是 ${came}`,
    arguments: (name, expected, came) =>
      `${name || '这个函数'} 需要 ${expected.replace('-', '～')} 个参数，实际给了 ${came} 个。把光标放在名字后面，按 Shift + Tab 可以看说明`,
    add: members => `请补上 ${members.join('、')}`,
    hasNo: (type, name) => `${type} 没有 ${name}`,
    // A type without a word has a blank before it.
    type: (name, word) => (word ? `${word}（${name}）` : ` ${name}`),
    types: {
      number: '数',
      string: '字符串',
      boolean: '布尔值',
      function: '函数',
      array: '数组',
      tensor: '张量',
      loaded: '读入的数据',
    },
  },
};
