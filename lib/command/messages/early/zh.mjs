// @ts-check

/**
 * 安装 npm 软件包之前显示的文字，中文。
 *
 * @type {typeof import('./en.mjs').en}
 */
export const zh = {
  bootstrap: {
    noCommand: (/** @type {string} */ command) =>
      `lib 里没有哪个软件包有 ${command} 这条命令，它的文件夹可能被删除了：git restore lib`,

    nodeTooOld: version =>
      `需要 Node 20.19、22.12 或更新的版本，现在是 ${version}。请从 https://nodejs.org 安装新版本。`,
    devDownload:
      '测试和开发所需，只需一次：npm 软件包，包括 Chromium、字体和其他工具，下载约 300 MB。测试还需要 Keras（TensorFlow），再下载约 400 MB。',
    firstDownload:
      '安装只需一次：约一分钟，占用磁盘约 1.5 GB，下载约 350 MB（有 NVIDIA GPU 时约 3 GB）。先装 npm 软件包，其中约 105 MB。',
    packages: 'npm 软件包',
    packagesMissing: '✖ npm 软件包：缺失或未装完',
    packagesDamaged: names => `✖ npm 软件包：有文件缺失或被改动：${names.join('、')}`,
    packagesRepaired: names => `npm 软件包；已修复：${names.join('、')}`,
    thenTheRest: '  → npm run setup\n（装好之后才能检查其余部分。）',
    notYours: (folder, command) =>
      `${folder} 里的安装不完整，而您不能写入这个文件夹。请让安装它的人运行 npm --prefix "${folder}" run ${command}；或者克隆到自己的目录。`,
    waitingFor: pid => `另一个安装进程（${pid}）正在运行，请等它完成。`,
  },

  failure: {
    failed: (title, tail, cause, log) =>
      `${title}失败。\n\n${tail}\n\n${cause ? `${cause}\n` : ''}完整日志：${log}`,
  },

  causes: {
    diskFull: ({ folder, megabytes, noFiles, quota }) =>
      `${
        quota
          ? `${folder} 所在磁盘的配额已用完。`
          : noFiles
            ? `${folder} 所在的磁盘不能再存放文件：inode 已用完。`
            : folder
              ? `${folder} 所在的磁盘已满：现在剩余 ${megabytes} MB。`
              : '磁盘已满。'
      }大约需要 2.5 GB（运行测试需 6 GB，使用 NVIDIA GPU 需 10 GB）；请在那里腾出空间，再运行同一条命令。也可以改用别的文件夹：npm_config_cache 指定 npm 缓存的位置，TMPDIR 指定临时文件的位置。`,
    diskGone: '磁盘读写出错，或已不存在。请重新连接它，或把文件夹移到别的磁盘，再运行同一条命令。',
    readOnly: '磁盘是只读的。请改为可写，或把此文件夹复制到可写的磁盘，再运行同一条命令。',
    proxyLogin: ({ proxies }) =>
      `代理需要用户名和密码，或不接受所给的用户名和密码（407）。请把它们写进代理的地址 http://用户名:密码@主机:端口（特殊字符要编码，如 @ 写作 %40），该地址设在：${proxies.join('、') || '.npmrc、pip.conf 或 uv.toml 的 proxy'}。然后再运行同一条命令。`,
    proxyDown: ({ proxies }) =>
      `无法连接代理：${proxies.join('、')}。网络本身可能没有问题：请改正代理的地址，如果这里没有代理就去掉它，再运行同一条命令。`,
    proxyRefuses: ({ proxies, host }) =>
      `代理没有连接到${host ? ` ${host}` : '软件源'}：${proxies.join('、') || '.npmrc、pip.conf 或 uv.toml 的 proxy'}。可能是不允许访问，也可能是代理自己连不上。请询问其管理员，或换一个软件源（npm：npm_config_registry；Python：UV_DEFAULT_INDEX），再运行同一条命令。`,
    indexLogin:
      '软件源需要登录，或不接受所给的登录信息（401）。npm：在 .npmrc 中给出令牌（npm login 会写入）；Python：把用户名和密码写进软件源的地址 https://用户名:密码@主机/…（设在 UV_DEFAULT_INDEX、uv.toml 或 pip.conf）。然后再运行同一条命令。',
    forbidden:
      '软件源或中间的代理拒绝提供某个软件包（403）。请让其管理员放行，或换一个软件源（npm：npm_config_registry；Python：UV_DEFAULT_INDEX），再运行同一条命令。',
    overloaded: ({ host }) =>
      `软件源${host ? ` ${host} ` : ''}或中间的代理过载或出了故障（429 或 5xx）。请等几分钟再运行同一条命令，或换一个软件源（npm：npm_config_registry；Python：UV_DEFAULT_INDEX）。`,
    webPage:
      '收到的是网页而不是软件包，多半是网络的登录页面。请用浏览器打开任意网页并登录，或检查软件源的地址，再运行同一条命令。',
    offline:
      '安装工具被设置为离线工作。请去掉这一设置（UV_OFFLINE、npm_config_offline、PIP_NO_INDEX，uv.toml 或 .npmrc 中的 offline，或 pip.conf 中的 no-index），再运行同一条命令。',
    notTls:
      '代理或软件源的地址以 https:// 开头，但应答的一方只支持 http。请在设置它的地方改成 http://（例如 HTTPS_PROXY：这个名字说的是经过它的流量），再运行同一条命令。',
    untrusted:
      'pip 不使用 http:// 的软件源。请改用 https:// 的地址，或把主机名也写进 trusted-host（pip.conf 或 PIP_TRUSTED_HOST），再运行同一条命令。',
    clock: (/** @type {import('../../output/failure.mjs').Facts} */ { now = new Date() }) =>
      `按这台机器的日期和时间（${now.toLocaleString('zh-CN')}），服务器证书不在有效期内。如果时间不对，请校准系统时钟；如果没错，就是软件源或代理的证书需要更新，请告诉其管理员。然后再运行同一条命令。`,
    certificate:
      '服务器证书未被接受，多半是因为中间有代理。请用 NODE_EXTRA_CA_CERTS（npm）和 SSL_CERT_FILE（Python）指明代理的证书，再运行同一条命令。',
    network: ({ host, proxies }) =>
      `无法连接网络${host ? `，或 ${host} 没有应答` : ''}。请检查网络${proxies.length > 0 ? `和代理 ${proxies.join('、')}` : ''}（以及为 npm 和 pip 设置的镜像），再运行同一条命令：已完成的部分会保留。`,
    checksum:
      '下载的内容与校验和不符，因此没有使用。可能是镜像、代理或网络的登录页面改动或替代了它：请先登录，或换一个镜像，再运行同一条命令。',
    notInIndex:
      '所设置的软件源缺少某个软件包，镜像可能尚未同步，或者应答的是网络的登录页面。请换一个（npm：npm_config_registry；Python：UV_DEFAULT_INDEX），再运行同一条命令。',
    longPath:
      '路径超过了系统允许的长度。请把此文件夹移到靠近磁盘根目录的位置（例如 C:\\digits），再运行同一条命令。',
    notWritable: ({ path }) =>
      `${path ?? '有的文件夹'} 不能写入。如果是用 sudo 运行过命令之后它不再属于你，请取回：sudo chown -R "$(id -un)" ${path ? `'${path}'` : '文件夹'}。否则请取得那里的写权限，或克隆到自己的目录。然后再运行同一条命令。`,
  },

  settings: '你自己为 npm、pip 和 uv 做的设置，安装时会采用：',

  npm: {
    installing: '安装 npm 软件包',
  },

  options: {
    usage: (command, flags) => `${command} -- [选项]${flags}`,
    stage: last => `直接打开第 N 阶段，1～${last}`,
    port: usual => `从哪个端口开始试，默认 ${usual}`,
    lang: '语言，默认与系统相同',
    html: '不运行，只把保存的笔记本做成 build/ 中的网页',
    slides: '不运行，只把保存的课程做成 build/ 中的幻灯片',
    api: '也生成两个程序库的 API 文档，为此会安装开发用的软件包',
    serve: '网站生成后，在本机打开',
    'no-browser': '只显示地址，不打开浏览器',
    folder: '文件放在哪里：教室默认 ~/digits-classroom，导出默认 build/',
    exercises: '只要这几道练习，例如一周的作业',
    teacher: '谁能看教师页面，默认名为 teacher',
    limits: '每个学生的上限，默认 memory=2000,processes=50,disk=2000（MB）',
    prepare: '只准备教室，不打开',
    prefix: '使用已有的 Python 环境，不用 .venv',
    needsValue: option => `${option} 需要一个值。`,
    unknown: option => `未知选项 ${option}。`,
    wrongLanguage: given => `--lang 只能是 zh 或 en，收到：${given}`,
    wrongNumber: (option, first, last, given) =>
      `${option} 应当是 ${first} 到 ${last} 之间的整数，收到：${given}`,
    noForm: forms => `请写明导出给谁用：${forms.join(' 或 ')}。`,
    wrongLimits: given =>
      `--limits 由 memory=MB（至少 100）、processes=N、disk=MB（至少 10）中的一项或几项组成，用逗号隔开，例如 memory=2000,disk=500，收到：${given}`,
    misplaced: (given, command) =>
      `多余的参数：${given}。选项要写在两个短横之后：${command} -- --lang zh`,
  },
};
