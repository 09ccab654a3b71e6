// @ts-check

/** What the tools say before the npm packages are installed, in English: plain JavaScript, therefore. */
export const en = {
  bootstrap: {
    noCommand: (/** @type {string} */ command) =>
      `No package in lib has the command ${command}. Its folder may have been deleted: git restore lib`,

    nodeTooOld: (/** @type {string} */ version) =>
      `Node 20.19, 22.12 or newer is needed, but this is ${version}. Install a newer version from https://nodejs.org`,
    devDownload:
      'For tests and development, only once: npm packages with Chromium, fonts and other tools, a download of about 300 MB. For the tests, Keras on TensorFlow follows, another 400 MB.',
    firstDownload:
      'Set-up is needed only once: about a minute, 1.5 GB on disk, and a download of about 350 MB (3 GB with an NVIDIA GPU). First come the npm packages, 105 MB of it.',
    packages: 'npm packages',
    packagesMissing: '✖ npm packages: missing or incomplete',
    packagesDamaged: (/** @type {readonly string[]} */ names) =>
      `✖ npm packages: with files missing or changed: ${names.join(', ')}`,
    packagesRepaired: (/** @type {readonly string[]} */ names) =>
      `npm packages; repaired: ${names.join(', ')}`,
    thenTheRest: '  → npm run setup\n(The rest can be checked once they are installed.)',
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
    diskFull: (
      /** @type {import('../../output/failure.mjs').Facts} */ { folder, megabytes, noFiles, quota },
    ) =>
      `${
        quota
          ? `Your share of the disk (quota) is used up in ${folder}.`
          : noFiles
            ? `The disk of ${folder} takes no more files: its inodes are used up.`
            : folder
              ? `The disk of ${folder} is full: ${megabytes} MB are free now.`
              : 'The disk is full.'
      } About 2.5 GB are needed (6 GB for the tests, 10 GB with an NVIDIA GPU); free some space there, then run the same command again. Another folder serves as well: npm_config_cache names that of npm’s cache, TMPDIR that of temporary files.`,
    diskGone:
      'A disk reports an error, or is not there any more. Connect it again, or move the folder to another disk, then run the same command again.',
    readOnly:
      'The disk is read-only. Make it writable, or copy this folder to a disk that is, then run the same command again.',
    proxyLogin: (/** @type {import('../../output/failure.mjs').Facts} */ { proxies }) =>
      `The proxy wants a name and a password, or refuses those that it was given (407). Write them into its address, http://NAME:PASSWORD@HOST:PORT, with special characters encoded (@ as %40), where it is set: ${proxies.join(', ') || 'proxy in .npmrc, pip.conf or uv.toml'}. Then run the same command again.`,
    proxyDown: (/** @type {import('../../output/failure.mjs').Facts} */ { proxies }) =>
      `The proxy could not be reached: ${proxies.join(', ')}. The network itself may be fine: correct the proxy’s address, or take it away if there is none here, then run the same command again.`,
    proxyRefuses: (/** @type {import('../../output/failure.mjs').Facts} */ { proxies, host }) =>
      `The proxy does not connect to ${host ?? 'the package index'}: ${proxies.join(', ') || 'proxy in .npmrc, pip.conf or uv.toml'}. It may not be allowed, or not reach it itself. Ask those who run it, or choose another index (npm: npm_config_registry; Python: UV_DEFAULT_INDEX), then run the same command again.`,
    indexLogin:
      'The package index wants a login, or refuses the one that it was given (401). npm: give its token in .npmrc (npm login writes it). Python: write name and password into the index’s address, https://NAME:PASSWORD@HOST/…, where it is set (UV_DEFAULT_INDEX, uv.toml or pip.conf). Then run the same command again.',
    forbidden:
      'The package index, or a proxy in between, refuses to give a package (403). Ask those who run it to allow it, or choose another index (npm: npm_config_registry; Python: UV_DEFAULT_INDEX), then run the same command again.',
    overloaded: (/** @type {import('../../output/failure.mjs').Facts} */ { host }) =>
      `The package index${host ? ` ${host}` : ''}, or a proxy in between, is overloaded or out of order (429 or 5xx). Wait some minutes, then run the same command again, or choose another index (npm: npm_config_registry; Python: UV_DEFAULT_INDEX).`,
    webPage:
      'A web page came in place of a package, most often the login page of a network. Open any page in a browser and log in there, or check the address of the package index, then run the same command again.',
    offline:
      'The installer is set to work offline. Take that setting away (UV_OFFLINE, npm_config_offline, PIP_NO_INDEX, offline in uv.toml or .npmrc, or no-index in pip.conf), then run the same command again.',
    notTls:
      'The address of a proxy or of a package index begins with https://, but what answers there speaks http alone. Correct it to http:// where it is set (HTTPS_PROXY, for instance: the name tells what goes through it), then run the same command again.',
    untrusted:
      'pip passes over a package index by http://. Set its address with https://, or name its host in trusted-host too (pip.conf or PIP_TRUSTED_HOST), then run the same command again.',
    clock: (/** @type {import('../../output/failure.mjs').Facts} */ { now = new Date() }) =>
      `The server’s certificate is not valid at the date and time of this machine, ${now.toLocaleString('en-GB')}. If that is wrong, set its clock; if it is right, the index or proxy needs a new certificate: tell those who run it. Then run the same command again.`,
    certificate:
      'The server’s certificate was refused, most often because of a proxy in between. Give the proxy’s certificate in NODE_EXTRA_CA_CERTS (npm) and SSL_CERT_FILE (Python), then run the same command again.',
    network: (/** @type {import('../../output/failure.mjs').Facts} */ { host, proxies }) =>
      `The network could not be reached${host ? `, or ${host} does not answer` : ''}. Check the connection${proxies.length > 0 ? ` and the proxy, ${proxies.join(', ')}` : ''} (and the mirror, if one is set for npm and pip), then run the same command again: whatever is done already is kept.`,
    checksum:
      'The download does not match its checksum, so it was not used. A mirror, a proxy or the login page of a network may have come in its place: log in, or try another mirror, then run the same command again.',
    notInIndex:
      'The package index set here lacks a package; a mirror may be out of date, or a network’s login page may answer for it. Try another (npm: npm_config_registry; Python: UV_DEFAULT_INDEX), then run the same command again.',
    longPath:
      'A path is longer than this system allows. Move the folder closer to the root of its disk, for instance to C:\\digits, then run the same command again.',
    notWritable: (/** @type {import('../../output/failure.mjs').Facts} */ { path }) =>
      `${path ?? 'A folder'} is not writable. If it is yours no more since a command was run with sudo, take it back: sudo chown -R "$(id -un)" ${path ? `'${path}'` : 'FOLDER'}. Else give yourself permission to write there, or clone into a folder of your own. Then run the same command again.`,
  },

  settings: 'Your own settings for npm, pip and uv, which set-up follows:',

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
    api: 'with the pages of both packages’ API, for which it takes the packages for development, too',
    serve: 'serve the site on this machine once it is built',
    'no-browser': 'print the address, without opening a browser',
    folder: 'where the files go; the default is ~/digits-classroom, for an export build/',
    exercises: 'these exercises alone, such as those of one week',
    teacher: 'the name that has the teacher’s page; the default is teacher',
    limits: 'what a learner may use; the default is memory=2000,processes=50,disk=2000 (MB)',
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
    noForm: (/** @type {readonly string[]} */ forms) =>
      `Say for whom the exercises are exported: ${forms.join(' or ')}.`,
    wrongLimits: (/** @type {string} */ given) =>
      `--limits must be one or more of memory=MB (from 100), processes=N and disk=MB (from 10), with commas, as in memory=2000,disk=500. Received: ${given}`,
    misplaced: (/** @type {string} */ given, /** @type {string} */ command) =>
      `Unexpected argument: ${given}. Options go after two dashes: ${command} -- --lang en`,
  },
};
