import type { Messages } from './en';

/** 工具显示的文字，中文：每个文件夹一节。 */
export const zh: Messages = {
  class: {
    title: '练习：第一个神经网络',
    assignment:
      '# 练习\n\n先运行下面的“准备”。然后在每道题的单元格里写下答案，运行它，再运行下面的单元格来检查：它会告诉你对不对、为什么；只要还不对，它就以错误结束。想试多少次都可以。星号就是分数。',
    assignmentThere: file =>
      `${file} 已经存在，可能改动过。请把它移走，或用 --folder 另选一个文件夹，再运行同一条命令。`,
    addToConfig: (file, line) => `${file} 保持原样。请在其中加上这一行：\n  ${line}`,
    unknown: (id, ids) => `没有练习“${id}”。请从这些里选，用逗号隔开：${ids.join('、')}。`,
  },

  classroom: {
    ready: '准备就绪。',
    opened: address => `\n教室：${address}（仅限本机）`,
    logIn: password => `登录：任意名字，密码 ${password}`,
    teacher: (name, password, page) => `教师：名字 ${name}，密码 ${password}，全班情况见 ${page}`,
    files: folder => `学生的文件和密码保存在 ${folder}。按 Ctrl+C 关闭教室。`,
    byRoot:
      '教室不能由 root 启动：学生的单元格会以 root 身份运行，可以读写这台机器上的任何文件。请用普通账户启动（不用 sudo），例如 su NAME -c "npm run classroom"。',
    endedByItself: (code, log) =>
      `JupyterHub 意外退出（退出码 ${code}），原因见上面的信息和日志 ${log}。`,
    crashed: (code, log) =>
      `JupyterHub 意外退出（${code}）。学生的服务器和内核仍在运行：请用同一条命令重新打开教室。之后日志在 ${log}.before。`,
    stillOpen: (folder, process) =>
      `${folder} 里的教室还开着，或者正在关闭（进程 ${process}）。等它结束……`,
    portTaken: (lost, another) =>
      `端口 ${lost} 已被其他程序占用。请换一个：npm run classroom -- --port ${another}`,
    shortPassword: file => `${file} 中的密码至少要有 8 个字符。请修改后重新打开教室。`,
    servers: '教室代理和学生服务器',
    windows:
      'JupyterHub 不能在 Windows 上运行。请在 Linux、macOS 或 WSL 中运行教室；单人学习请用 npm start。',
  },

  prepare: {
    nativeLeftOut:
      '按 DIGITS_NATIVE=0 的设置，不安装原生引擎：课程将使用 npm 软件包自带的 WebAssembly 引擎。',
    noNative: machine =>
      `${machine} 上没有 TensorFlow 原生引擎：课程将使用 npm 软件包自带的 WebAssembly 引擎。`,
    ready: '准备就绪。npm start 打开课程。',
    copies: folder => `您自己的笔记本副本在 ${folder}。`,
    readyBefore: '全部已经装好。npm start 打开课程。',
  },

  report: {
    missing: path => `没有 ${path}。请指定一个文件，或者放着学生所交文件的文件夹。`,
    noFiles:
      '请指定学生交来的文件，或者放着它们的文件夹：npm run report -- 文件夹。文件可以是笔记本，也可以是含有 await report() 报告行的文本。',
    learners: (learners, files) => `${files} 个文件，${learners} 名学生。`,
  },

  lab: {
    portTaken: (wanted, port) => `端口 ${wanted} 已被占用，改用 ${port}。`,
    noDisplay:
      '这里没有图形界面：请用你自己的浏览器打开上面的地址，或用 npm run lesson 在终端里运行课程。\n',
    opened: (address, hint) => `\n课程地址：${address}\n\n${hint}按 Ctrl+C 结束 JupyterLab。`,
    stopped: end =>
      `JupyterLab 意外退出（${end}），原因见上面的信息。请运行 npm run doctor 检查缺少什么。`,
  },

  project: {
    noPythonIn: prefix =>
      `${prefix} 中没有可运行的 Python。请指定用以下命令创建的环境的文件夹：\n  conda env create --file environment.yml`,
    portReserved: port =>
      `端口 ${port} 仅限管理员使用。请选择 1024 以上的端口：npm start -- --port 8888`,
    noFolder: (installation, folder) =>
      `${installation} 和 ${folder} 您都不能写入，而您的改动总要有地方保存。请用变量 DIGITS_FOLDER 指定一个自己的文件夹，再运行同一条命令。`,
    noPortFree: from => `从 ${from} 起没有空闲端口。请选择较小的端口：npm start -- --port 8888`,
  },

  publish: {
    optional: title => `选学：${title}`,
    preparation: '准备',
    mishap: (stage, cell, what) => `“${stage}”的单元格 ${cell} ${what}。`,
    mishaps: {
      late: '留下了一个未处理的错误',
      figure: '应当画出图，却没有',
      error: '出错',
      timeout: '用时过长，已停止',
      'dead kernel': '使内核进程终止，可能是内存不足：请关闭其他程序，然后重试',
      stopped: '被中止',
    },
    noKernel: message =>
      `内核没有启动：${message}\n请运行 "npm run setup" 注册内核；如果电脑正忙，请关闭其他程序。然后重试。`,
    waitingFor: pid => `另一个 npm run notebooks（进程 ${pid}）正在写这些笔记本，请等它完成。`,
    lessonWritten: (page, notebook) =>
      `\n${page} 可以用任何浏览器打开，不需要网络；${notebook} 是同一内容的笔记本。`,
    lessonMissing: file =>
      `缺少 ${file}。请运行 "git restore notebooks" 取回保存的笔记本，或运行 "npm run notebooks" 重新生成。`,
  },

  setup: {
    stillMissing: '安装过了，但仍缺少一些东西。请运行 npm run doctor 查看。',
    titled: (title, text) => `${title}：${text}`,
    alreadyThere: '已就绪',

    environment: 'Python 环境',
    packages: 'Python 软件包',
    libraries: 'TensorFlow 的库',
    engine: 'TensorFlow.js 原生引擎',
    code: '课程代码',
    kernel: 'TypeScript 内核',

    environmentMade: (version, prefix) => `Python ${version}, ${prefix}`,
    environmentMended: (version, prefix) => `Python ${version}，${prefix}，已修复，软件包都保留着`,
    environmentTooOld: (prefix, version, oldest) =>
      `${prefix} 中的 Python 是 ${version}，需要 ${oldest} 或更新的版本。请用以下命令创建环境：\n  conda env create --file environment.yml`,
    environmentLacks: (prefix, packages, cure) =>
      `环境 ${prefix} 缺少 ${packages.join('、')}。请用以下命令更新：\n  ${cure}`,
    packagesThere: (count, mended) =>
      `${count} 个${mended.length > 0 ? `；已修复：${mended.join('、')}` : ''}`,
    webAssemblyServes: reason =>
      `在这台机器上没有成功，改用 WebAssembly（原因见 ${reason}；npm run setup 会再试一次）`,

    fetchingUv: '下载 uv（用于安装 Python 软件包）',

    getPython: (oldest, command) =>
      `请安装 Python ${oldest} 或更新的版本（Debian、Ubuntu：sudo apt install python3 python3-venv；其他系统：https://www.python.org/downloads），或指定一个：${command}`,
    noVenv: (version, program, name) =>
      `Python ${version}（${program}）缺少 venv 模块。Debian、Ubuntu：sudo apt install python3-venv（或 ${name}-venv）`,
    narrowPython: (version, program, bits, cure) =>
      `Python ${version}（${program}）是 ${bits} 位的，需要 64 位。${cure}`,
    oldPython: (version, program, cure) => `Python ${version}（${program}）太旧。${cure}`,
    wantedNoPython: (wanted, cure) => `DIGITS_PYTHON 指定的 ${wanted} 不是能运行的 Python。${cure}`,
    noPython: cure => `未找到 Python。${cure}`,

    compiling: '编译原生引擎',
    loading: '加载原生引擎',
    fetchingCompiler:
      '这里没有可用的 C++ 编译器（可用 sudo apt install g++ 安装），改为下载 ziglang 也',
    news: {
      compiling: compiler => `正在用 ${compiler} 编译`,
      compilerFailed: compiler =>
        `${compiler} 失败（见 build/setup/addon.log）：正在用 ziglang 编译，约一分钟`,
      noCompiler: '没有 C++ 编译器：正在用 ziglang 编译，约一分钟',
    },
    addonFrom: { npm: '来自 npm 软件包', cache: '取自缓存，曾为另一个文件夹编译' },
    addon: {
      missing: '尚未编译',
      other: '是由其他源代码或为其他版本编译的',
      changed: '文件不完整或被改动',
    },

    doctor: {
      npmPackages: 'npm 软件包',
      environmentBroken: prefix => `${prefix} 中没有可运行的 Python`,
      settingsLost: file => `${file} 缺失或为空`,
      packagesMissing: names => `缺失：${names.join('、')}`,
      packagesBroken: names => `未装完或缺少文件：${names.join('、')}`,
      both: parts => parts.join('；'),
      notebooks: '笔记本',
      notebooksDamaged: files => `不完整，或文本中有 git 的冲突标记：${files.join('、')}`,
      restoreNotebooks: files =>
        `请先另存要保留的内容，再取回保存的笔记本：git checkout HEAD -- ${files.join(' ')}`,
      nativeGaveUp: file => `见 ${file}`,
      nativeGaveUpCure: '并非必需：课程使用 WebAssembly 引擎；npm run setup 会再试一次',
      nativeLeftOut: '设置了 DIGITS_NATIVE=0，未安装',
      nativeLeftOutCure: '并非必需：课程使用 WebAssembly 引擎',
      noNativeCure: '此平台没有原生引擎，使用 WebAssembly 引擎',
    },
  },

  site: {
    tag: 'zh-CN',
    name: '手写数字识别',
    steps: {
      extensions: '浏览器内核与扩展生成',
      contents: '笔记本准备',
      jupyterLite: 'JupyterLite 生成',
      pages: '首页、网页与幻灯片导出',
      api: '程序库 API 文档生成',
      offline: '离线与安全设置',
      archive: '整站打包',
    },
    count: count => `${count} 个`,
    waiting: '另一个进程正在生成网站，请等它完成。',
    served: address => `\n网站地址：${address}\n\n按 Ctrl+C 结束。`,
    loading: '正在载入课程……',
    noScripts: language =>
      `课程在浏览器里运行，需要启用 JavaScript。<a href="../../pages/lesson.${language}.html">只读的网页</a>不需要。`,
    links: { home: '首页', other: 'English', run: '在浏览器里运行' },
    glossary: '术语表',
    glossaryOf: '[课程](lesson.zh.ipynb)和[练习](exercises.zh.ipynb)中的术语。',
  },
};
