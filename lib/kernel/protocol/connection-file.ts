/** The file by which Jupyter tells a kernel where to listen. */
import { ok } from 'node:assert/strict';
import { getHashes } from 'node:crypto';
import { readFileSync } from 'node:fs';

const PORTS = ['shell_port', 'control_port', 'iopub_port', 'stdin_port', 'hb_port'] as const;

export interface ConnectionInfo extends Record<(typeof PORTS)[number], number> {
  /** `tcp`, or `ipc`, whose ports are endings of a path. */
  readonly transport: string;
  readonly ip: string;
  readonly key: string;
  readonly signature_scheme: string;
}

/**
 * Reads the connection file.
 *
 * @throws Error that names the file, what it should hold and what is wrong with it.
 */
export function readConnectionFile(file: string): ConnectionInfo {
  try {
    const text = readFileSync(file, 'utf8');
    const defaults = { transport: 'tcp', key: '', signature_scheme: 'hmac-sha256' };
    const info: ConnectionInfo = { ...defaults, ...JSON.parse(text) };
    ok(info.ip, `it has no "ip"; it holds ${text.length} characters`);
    const { signature_scheme: scheme } = info;
    ok(getHashes().includes(hashOf(scheme)), `its "signature_scheme" is ${scheme}`);
    for (const name of PORTS) ok(Number.isInteger(info[name]), `its "${name}" is ${info[name]}`);
    return info;
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`Expected the connection file of a Jupyter client at ${file}: ${message}`);
  }
}

/** Returns the hash of a scheme such as `hmac-sha256`. */
export const hashOf = (scheme: string): string => String(scheme).replace(/^hmac-/, '');

export const addressOf = ({ transport, ip }: ConnectionInfo, port: number): string =>
  transport === 'ipc' ? `ipc://${ip}-${port}` : `${transport}://${ip}:${port}`;
