/** What the commands say, in English: one section for each folder. `early/` has what they say before the npm packages are installed. */
export const en = {
  class: {
    title: 'Exercises: a first neural network',
    assignment:
      '# Exercises\n\nFirst run the preparation below. Then write your answer into the cell of each exercise, and run it and the cell below it, which checks it: it says whether your answer is right, and why, and ends with an error as long as it is not. Try as often as you like. The stars are the points.',
    assignmentThere: (file: string) =>
      `${file} is there already, and may have been changed since. Move it away, or name another folder with --folder, then run the same command again.`,
    addToConfig: (file: string, line: string) =>
      `${file} stays as it is. Add this line to it:\n  ${line}`,
    unknown: (id: string, ids: readonly string[]) =>
      `There is no exercise "${id}". Expected some of these, with commas between them: ${ids.join(', ')}.`,
  },

  classroom: {
    ready: 'Ready.',
    opened: (address: string) => `\nThe classroom: ${address} (this machine only)`,
    logIn: (password: string) => `To log in: any name, and the password ${password}`,
    teacher: (name: string, password: string, page: string) =>
      `The teacher: the name ${name}, and the password ${password}; the class is at ${page}`,
    files: (folder: string) =>
      `Its files are in ${folder}. Ctrl+C ends the classroom, its servers and kernels.`,
    byRoot:
      'The classroom cannot be started by root: every learner’s cells would run as root and could read and change any file on this machine. Start it from an ordinary account, without sudo, as in su NAME -c "npm run classroom".',
    endedByItself: (code: unknown, log: string) =>
      `JupyterHub stopped unexpectedly (exit code ${code}); see its messages above, or its log, ${log}.`,
    crashed: (code: unknown, log: string) =>
      `JupyterHub stopped unexpectedly (${code}). The learners' servers and kernels go on: open the classroom again with the same command. The log is ${log}.before by then.`,
    stillOpen: (folder: string, process: unknown) =>
      `The classroom in ${folder} is still open, or just closing (process ${process}). Waiting for it to end…`,
    portTaken: (lost: number, another: number) =>
      `Port ${lost} is taken by another program. Choose another: npm run classroom -- --port ${another}`,
    shortPassword: (file: string) =>
      `Write a password of at least 8 characters into ${file}, and open the classroom again.`,
    servers: 'The hub’s proxy and the learners’ servers',
    windows:
      'JupyterHub does not run on Windows. Run the classroom on Linux or macOS, or in WSL; for a single learner, use npm start.',
  },

  prepare: {
    nativeLeftOut:
      'DIGITS_NATIVE=0 is set, so the native engine is left out: the lesson uses the WebAssembly engine, which comes with the npm packages.',
    noNative: (machine: string) =>
      `TensorFlow has no native engine for ${machine}: the lesson uses the WebAssembly engine, which comes with the npm packages.`,
    copies: (folder: string) => `Your own copies of the notebooks are in ${folder}.`,
    ready: 'Ready. npm start opens the lesson.',
    readyBefore: 'Everything is already in place. npm start opens the lesson.',
  },

  report: {
    missing: (path: string) =>
      `There is no ${path}. Name a file, or a folder of what was handed in.`,
    noFiles:
      'Name the files that were handed in, or their folder: npm run report -- FOLDER. They are notebooks, or texts with the lines of await report().',
    learners: (learners: number, files: number) =>
      `${learners} ${learners === 1 ? 'learner' : 'learners'} in ${files} ${files === 1 ? 'file' : 'files'}.`,
  },

  lab: {
    portTaken: (wanted: number, port: number) => `Port ${wanted} is taken; using ${port}.`,
    noDisplay:
      'There is no display here: open the address in your own browser, or run the lesson in this terminal with npm run lesson.\n',
    opened: (address: string, hint: string) =>
      `\nThe lesson: ${address}\n\n${hint}Ctrl+C ends JupyterLab.`,
    stopped: (end: number | string) =>
      `JupyterLab stopped unexpectedly (${end}); see its messages above. npm run doctor shows what is missing.`,
  },

  project: {
    noPythonIn: (prefix: string) =>
      `There is no working Python in ${prefix}. Give the folder of an environment created with\n  conda env create --file environment.yml`,
    portReserved: (port: number) =>
      `Port ${port} is reserved for the administrator. Choose 1024 or higher: npm start -- --port 8888`,
    noFolder: (installation: string, folder: string) =>
      `Neither ${installation} nor ${folder} is yours to write to, and what you change must be kept somewhere. Name a folder of your own in the variable DIGITS_FOLDER, then run the same command again.`,
    noPortFree: (from: number) =>
      `No port from ${from} up is free. Choose a lower one: npm start -- --port 8888`,
  },

  publish: {
    optional: (title: string) => `Optional: ${title}`,
    preparation: 'Preparation',
    mishap: (stage: string, cell: string, what: string) => `Cell ${cell} of "${stage}" ${what}.`,
    mishaps: {
      late: 'left an unhandled error behind',
      figure: 'should show a figure, but none appeared',
      error: 'failed',
      timeout: 'took too long and was stopped',
      'dead kernel':
        'ended the kernel’s process, perhaps by running out of memory: close other programs, then try again',
      stopped: 'was stopped',
    },
    noKernel: (message: string) =>
      `The kernel did not start: ${message}\nRun "npm run setup" to register it; on a busy computer, close other programs. Then try again.`,
    waitingFor: (pid: number | undefined) =>
      `Another npm run notebooks (process ${pid}) is writing these notebooks; waiting for it.`,
    lessonWritten: (page: string, notebook: string) =>
      `\nOpen ${page} in any browser, even offline; ${notebook} is the same as a notebook.`,
    lessonMissing: (file: string) =>
      `${file} is missing. "git restore notebooks" brings the saved one back; "npm run notebooks" builds it again.`,
  },

  setup: {
    stillMissing: 'Set-up has run, but something is still missing. npm run doctor says what.',
    titled: (title: string, text: string) => `${title}: ${text}`,
    alreadyThere: 'already there',

    environment: 'Python environment',
    packages: 'Python packages',
    libraries: 'TensorFlow’s libraries',
    engine: 'TensorFlow.js’s native engine',
    code: 'The lesson’s code',
    kernel: 'TypeScript kernel',

    environmentMade: (version: string, prefix: string) => `Python ${version}, ${prefix}`,
    environmentMended: (version: string, prefix: string) =>
      `Python ${version}, ${prefix}, repaired; its packages are kept`,
    environmentTooOld: (prefix: string, version: string, oldest: string) =>
      `The Python in ${prefix} is ${version}; ${oldest} or newer is needed. Create the environment with\n  conda env create --file environment.yml`,
    environmentLacks: (prefix: string, packages: readonly string[], cure: string) =>
      `The environment ${prefix} lacks ${packages.join(', ')}. Update it with\n  ${cure}`,
    packagesThere: (count: number, mended: readonly string[]) =>
      `${count} packages${mended.length > 0 ? `; repaired: ${mended.join(', ')}` : ''}`,
    webAssemblyServes: (reason: string) =>
      `failed on this machine, so WebAssembly is used (${reason} says why; npm run setup tries again)`,

    fetchingUv: 'Fetching uv, which installs the Python packages,',

    getPython: (oldest: string, command: string) =>
      `Install Python ${oldest} or newer (Debian, Ubuntu: sudo apt install python3 python3-venv; others: https://www.python.org/downloads), or say which one to use: ${command}`,
    noVenv: (version: string, program: string, name: string) =>
      `Python ${version} (${program}) lacks the venv module. Debian, Ubuntu: sudo apt install python3-venv (or ${name}-venv)`,
    narrowPython: (version: string, program: string, bits: number, cure: string) =>
      `Python ${version} (${program}) is ${bits}-bit; a 64-bit one is needed. ${cure}`,
    oldPython: (version: string, program: string, cure: string) =>
      `Python ${version} (${program}) is too old. ${cure}`,
    wantedNoPython: (wanted: string, cure: string) =>
      `DIGITS_PYTHON is set to ${wanted}, which is not a working Python. ${cure}`,
    noPython: (cure: string) => `No Python was found. ${cure}`,

    compiling: 'Compiling the native engine',
    loading: 'Loading the native engine',
    fetchingCompiler:
      'There is no working C++ compiler here (sudo apt install g++ installs one), and downloading ziglang instead',
    news: {
      compiling: (compiler: string) => `compiling with ${compiler}`,
      compilerFailed: (compiler: string) =>
        `${compiler} failed (see build/setup/addon.log): compiling with ziglang, about a minute`,
      noCompiler: 'no C++ compiler here: compiling with ziglang, about a minute',
    },
    addonFrom: {
      npm: 'from the npm packages',
      cache: 'from the cache, compiled for another folder',
    } as Record<string, string>,
    addon: {
      missing: 'not compiled yet',
      other: 'compiled from different source code, or for another version',
      changed: 'the file is incomplete or was changed',
    },

    doctor: {
      npmPackages: 'npm packages',
      environmentBroken: (prefix: string) => `there is no working Python in ${prefix}`,
      settingsLost: (file: string) => `${file} is missing or empty`,
      packagesMissing: (names: readonly string[]) => `missing: ${names.join(', ')}`,
      packagesBroken: (names: readonly string[]) =>
        `incomplete or with files missing: ${names.join(', ')}`,
      both: (parts: readonly string[]) => parts.join('; '),
      notebooks: 'Notebooks',
      notebooksDamaged: (files: readonly string[]) =>
        `incomplete, or with a conflict of git in the text: ${files.join(', ')}`,
      restoreNotebooks: (files: readonly string[]) =>
        `Copy what you want to keep of your work. Then bring back the saved notebook: git checkout HEAD -- ${files.join(' ')}`,
      nativeGaveUp: (file: string) => `see ${file}`,
      nativeGaveUpCure:
        'not required: the lesson uses the WebAssembly engine; npm run setup tries again',
      nativeLeftOut: 'left out, because DIGITS_NATIVE=0 is set',
      nativeLeftOutCure: 'not required: the lesson uses the WebAssembly engine',
      noNativeCure: 'not available for this platform; the lesson uses the WebAssembly engine',
    },
  },

  site: {
    tag: 'en',
    name: 'Digits',
    steps: {
      extensions: 'The kernel in the browser, and extensions',
      contents: 'Notebooks',
      jupyterLite: 'JupyterLite',
      pages: 'Index, pages and slides',
      api: 'The API of the packages',
      offline: 'Offline, and policy',
      archive: 'All of it in one file',
    },
    count: (count: number) => String(count),
    waiting: 'Another process is building the site; waiting for it.',
    served: (address: string) => `\nThe site: ${address}\n\nCtrl+C ends it.`,
    loading: 'Loading the lesson …',
    noScripts: (language: string) =>
      `The lesson runs in the browser and needs JavaScript. <a href="../../pages/lesson.${language}.html">The read-only page</a> does not.`,
    links: { home: 'Start', other: '中文', run: 'Run it in the browser' },
    glossary: 'Glossary',
    glossaryOf:
      'The terms of the [lesson](lesson.en.ipynb) and the [exercises](exercises.en.ipynb).',
  },
};

/** The texts that each language has. */
export type Messages = typeof en;
