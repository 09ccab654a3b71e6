/**
 * The reader's language, errors in both languages, and the usual causes of a failed install. Set-up
 * needs them before any package is installed, so they use nothing but Node's own modules.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { languageInUse } from './language.mjs';

export { preferredLanguage } from './language.mjs';

/** Gives both languages the same text. */
export const same = text => ({ en: text, zh: text });

/** A trouble that the reader can cure: only its message is shown, without a stack trace. */
export class Failure extends Error {
  /** @param text the message in the language now in use; or in both, `{ en, zh }`. */
  constructor(text) {
    super(typeof text === 'string' ? text : text[languageInUse()]);
    this.name = 'Failure';
    this.text = typeof text === 'string' ? same(text) : text;
  }
}

// npm hands what stands in .npmrc on in variables of its own.
const proxyVariables = Object.keys(process.env)
  .filter(name => /^((https?|all)_proxy|npm_config_(https?_)?proxy|pip_proxy)$/i.test(name))
  .filter(name => process.env[name]);

const login = {
  pattern: /proxy auth(entication|orization) required|\bE407\b|GET 407|\(407 |failed: 407/i,
  text: {
    en: `The proxy wants a name and a password, or refuses those that it was given (407). Write them into its address, http://NAME:PASSWORD@HOST:PORT, with special characters encoded (@ as %40), where it is set: ${proxyVariables.join(', ') || 'proxy in .npmrc, pip.conf or uv.toml'}. Then run the same command again.`,
    zh: `代理需要用户名和密码，或不接受所给的用户名和密码（407）。请把它们写进代理的地址 http://用户名:密码@主机:端口（特殊字符要编码，如 @ 写作 %40），该地址设在：${proxyVariables.join('、') || '.npmrc、pip.conf 或 uv.toml 的 proxy'}。然后再运行同一条命令。`,
  },
};

/** Tells whether a line of a program's output says that a proxy wants a login: to try again is in vain. */
export const wantsLogin = line => login.pattern.test(line);

const causes = [
  {
    pattern: /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|\[Errno 28\]/i,
    text: {
      en: 'The disk is full. About 2.5 GB are needed (6 GB for the tests, 10 GB with an NVIDIA GPU); free some space, then run the same command again.',
      zh: '磁盘已满。大约需要 2.5 GB（运行测试需 6 GB，使用 NVIDIA GPU 需 10 GB）；请腾出空间，再运行同一条命令。',
    },
  },
  login,
  {
    pattern: /\bE401\b|\b401 (Client Error|Unauthorized)|\(401 |GET 401/,
    text: {
      en: 'The package index wants a login, or refuses the one that it was given (401). npm: give its token in .npmrc (npm login writes it). Python: write name and password into the index’s address, https://NAME:PASSWORD@HOST/…, where it is set (UV_DEFAULT_INDEX, uv.toml or pip.conf). Then run the same command again.',
      zh: '软件源需要登录，或不接受所给的登录信息（401）。npm：在 .npmrc 中给出令牌（npm login 会写入）；Python：把用户名和密码写进软件源的地址 https://用户名:密码@主机/…（设在 UV_DEFAULT_INDEX、uv.toml 或 pip.conf）。然后再运行同一条命令。',
    },
  },
  {
    pattern: /\bE403\b|\b403 (Client Error|Forbidden)|\(403 |GET 403/,
    text: {
      en: 'The package index, or a proxy in between, refuses to give a package (403). Ask those who run it to allow it, or choose another index (npm: npm_config_registry; Python: UV_DEFAULT_INDEX), then run the same command again.',
      zh: '软件源或中间的代理拒绝提供某个软件包（403）。请让其管理员放行，或换一个软件源（npm：npm_config_registry；Python：UV_DEFAULT_INDEX），再运行同一条命令。',
    },
  },
  {
    pattern: /invalid json response body|EJSONPARSE|Unexpected token '<'/,
    text: {
      en: 'A web page came in place of a package, most often the login page of a network. Open any page in a browser and log in there, or check the address of the package index, then run the same command again.',
      zh: '收到的是网页而不是软件包，多半是网络的登录页面。请用浏览器打开任意网页并登录，或检查软件源的地址，再运行同一条命令。',
    },
  },
  {
    pattern: /network was disabled|ENOTCACHED/,
    text: {
      en: 'The installer is set to work offline. Take that setting away (UV_OFFLINE, npm_config_offline, or offline in uv.toml or .npmrc), then run the same command again.',
      zh: '安装工具被设置为离线工作。请去掉这一设置（UV_OFFLINE、npm_config_offline，或 uv.toml、.npmrc 中的 offline），再运行同一条命令。',
    },
  },
  {
    pattern:
      /CERT_(NOT_YET_VALID|HAS_EXPIRED)|certificate (has expired|is not yet valid|expired|not valid yet)|NotValidYet/i,
    text: {
      en: 'The server’s certificate is not valid at the date and time of this machine. Set its clock, then run the same command again.',
      zh: '按这台机器的日期和时间，服务器证书不在有效期内。请校准系统时钟，再运行同一条命令。',
    },
  },
  {
    pattern:
      /invalid peer certificate|CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET_ISSUER)|SSLError/i,
    text: {
      en: 'The server’s certificate was refused, most often because of a proxy in between. Give the proxy’s certificate in NODE_EXTRA_CA_CERTS (npm) and SSL_CERT_FILE (Python), then run the same command again.',
      zh: '服务器证书未被接受，多半是因为中间有代理。请用 NODE_EXTRA_CA_CERTS（npm）和 SSL_CERT_FILE（Python）指明代理的证书，再运行同一条命令。',
    },
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|Proxy connection ended|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|NewConnectionError|Max retries exceeded|name resolution|Failed to establish a new connection|ConnectTimeout|ReadTimeout|ProxyError|Network is unreachable|error sending request|dns error|operation timed out|incomplete-download|from versions: none/i,
    text: {
      en: 'The network could not be reached. Check the connection (and HTTPS_PROXY, or the mirror set for npm and pip), then run the same command again: whatever is done already is kept.',
      zh: '无法连接网络。请检查网络（以及 HTTPS_PROXY，或为 npm 和 pip 设置的镜像），再运行同一条命令：已完成的部分会保留。',
    },
  },
  {
    pattern: /EINTEGRITY|Hash mismatch|DO NOT MATCH THE HASHES/,
    text: {
      en: 'The download does not match its checksum, so it was not used. A mirror or a proxy may have changed it: try another mirror, then run the same command again.',
      zh: '下载的内容与校验和不符，因此没有使用。可能是镜像或代理改动了它：请换一个镜像，再运行同一条命令。',
    },
  },
  {
    pattern:
      /not found in the (package registry|provided package locations)|there is no version of|ETARGET|\bE404\b/,
    text: {
      en: 'The package index set here lacks a package; a mirror may be out of date, or a network’s login page may answer for it. Try another (npm: npm_config_registry; Python: UV_DEFAULT_INDEX), then run the same command again.',
      zh: '所设置的软件源缺少某个软件包，镜像可能尚未同步，或者应答的是网络的登录页面。请换一个（npm：npm_config_registry；Python：UV_DEFAULT_INDEX），再运行同一条命令。',
    },
  },
  {
    pattern: /ENAMETOOLONG|os error 206|WinError 206|filename or extension is too long/i,
    text: {
      en: 'A path is longer than this system allows. Move the folder closer to the root of its disk, for instance to C:\\digits, then run the same command again.',
      zh: '路径超过了系统允许的长度。请把此文件夹移到靠近磁盘根目录的位置（例如 C:\\digits），再运行同一条命令。',
    },
  },
  {
    pattern: /EACCES|EPERM|Permission denied|\[Errno 13\]|EROFS|Read-only file system/i,
    text: {
      en: 'A folder is not writable. Give yourself permission to write to this folder (or clone into one of your own), then run the same command again.',
      zh: '有的文件夹不能写入。请取得此文件夹的写权限（或克隆到自己的目录），再运行同一条命令。',
    },
  },
];

/** Finds the usual cause in a failed program's output, with its cure; otherwise `undefined`. */
export function causeOf(output) {
  return causes.find(cause => cause.pattern.test(output))?.text;
}

/**
 * Returns what to tell the reader of an error: a failure's own text or, where our own writing met
 * it, that the disk is full or a folder not writable. `undefined` for a mistake of ours.
 */
export function textOf(error) {
  if (error?.text) return error.text;
  const cause = error?.code && causeOf(error.code);
  if (!cause) return undefined;
  return { en: `${error.message}\n${cause.en}`, zh: `${error.message}\n${cause.zh}` };
}

/**
 * Reports a failed program: the last lines of its output, the cause, and where the whole log is. The
 * log then ends with the cause.
 */
export function failureOf(title, output, log) {
  const lines = [...new Set(output.trimEnd().split('\n'))].slice(-15);
  const tail = lines.map(line => (line.length > 200 ? `${line.slice(0, 200)} …` : line)).join('\n');
  const cause = causeOf(output);
  if (cause) writeQuietly(log, `✖ ${cause.en}\n✖ ${cause.zh}\n`);
  return new Failure({
    en: `${title.en} failed.\n\n${tail}\n\n${cause ? `${cause.en}\n` : ''}Full log: ${log}`,
    zh: `${title.zh}失败。\n\n${tail}\n\n${cause ? `${cause.zh}\n` : ''}完整日志：${log}`,
  });
}

function writeQuietly(log, lines) {
  try {
    appendFileSync(log, lines);
  } catch {} // a disk that is full, say
}

/** Returns why the last program that wrote a log failed; `undefined` where it did not, or nobody knows. */
export function lastCause(log) {
  try {
    const [, en, zh] = /\n✖ (.*)\n✖ (.*)\n$/.exec(readFileSync(log, 'utf8')) ?? [];
    return en && { en, zh };
  } catch {
    return undefined;
  }
}
