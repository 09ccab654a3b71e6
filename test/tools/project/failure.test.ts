import { deepEqual, equal, match } from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { causeOf, failureOf, lastCause } from '../../../lib/tools/project/failure.mjs';
import { temporaryFolder } from '../../folder';
import { inBoth } from '../../language';

/** What programs say, and what the reader is told. */
const CAUSES: readonly [says: string, en: RegExp, zh: RegExp][] = [
  ['OSError: [Errno 28] No space left on device', /^The disk is full\. About 2\.5 GB/, /磁盘已满/],
  ['npm error code E407', /^The proxy wants a name and a password/, /代理需要用户名和密码/],
  ['cause: tunnel error: proxy authorization required', /^The proxy wants/, /^代理需要/],
  ['npm error code E401', /^The package index wants a login/, /软件源需要登录/],
  ['returned a 403 Forbidden error', /refuses to give a package \(403\)/, /拒绝提供/],
  ["Unexpected token '<', is not valid JSON", /^A web page came/, /^收到的是网页/],
  ['unavailable because the network was disabled', /set to work offline/, /设置为离线工作/],
  ['error: incomplete-download', /The network could not be reached/, /无法连接网络/],
  ['reason: Proxy connection ended before', /The network could not be reached/, /无法连接网络/],
  ['code CERT_NOT_YET_VALID', /not valid at the date and time/, /不在有效期内/],
  ['invalid peer certificate: certificate not valid yet', /Set its clock/, /校准系统时钟/],
  ['SSLError(CERTIFICATE_VERIFY_FAILED)', /certificate was refused/, /证书未被接受/],
  ['error: Hash mismatch for `plotly==7.1.0`', /so it was not used/, /与校验和不符，因此没有使用/],
  ['plotly was not found in the package registry', /a mirror may be out of date/, /缺少某个软件包/],
  ['[WinError 206] The filename', /Move the folder closer to the root/, /超过了系统允许的长度/],
  ['[Errno 13] Permission denied', /is not writable/, /不能写入/],
];

describe('the cause of a failed install', () => {
  for (const [says, english, chinese] of CAUSES) {
    it(`is told of “${says}”`, () => {
      const { en, zh } = inBoth(() => causeOf(`at first\n${says}\nat last`));
      match(en, english);
      match(zh, chinese);
    });
  }

  it('is left open where nobody knows', () => {
    equal(causeOf('Something new, of 407 lines'), undefined);
    const { message } = failureOf('It', 'Something new\n', '/nowhere/log');
    equal(message, 'It failed.\n\nSomething new\n\nFull log: /nowhere/log');
  });

  it('stays known by the log, in each language, until another run has written there', () => {
    const log = join(temporaryFolder(), 'npm.log');
    equal(lastCause(log), undefined);
    writeFileSync(log, 'npm error E401\n');
    equal(lastCause(log), undefined);
    failureOf('It', 'npm error E401\n', log);
    deepEqual(
      inBoth(() => lastCause(log)),
      inBoth(() => causeOf('E401')),
    );
    writeFileSync(log, `${readFileSync(log)}$ uv pip install\n`);
    equal(lastCause(log), undefined);
  });
});
