import { X509Certificate } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { ConfigFile, Pem } from './kubeconfig-entries.ts';
import { readRegularFile } from './regular-file.ts';

/**
 * The PEM text itself. Throws an {@link AppError} that calls it by `what` (`client key`) if its file cannot be read.
 */
export async function readPem(pem: Pem, what: string, from: ConfigFile): Promise<string> {
  if (pem.kind === 'inline') return Buffer.from(pem.base64, 'base64').toString();
  return (await readReferencedFile(pem.path, what, from)).toString();
}

/** Reads a file that a kubeconfig names; see {@link readPem}. */
export async function readReferencedFile(path: string, what: string, from: ConfigFile): Promise<Buffer> {
  const content = await readRegularFile(path);
  if (content.kind === 'read') return content.bytes;
  const reason = content.kind === 'missing' ? 'does not exist' : content.reason;
  throw new AppError('kubeconfig', `The ${what} ${path} ${reason}.`, `It is named in ${from.path}: correct it there.`);
}

/** From when to when a certificate is valid; `undefined` if it is none. Of a chain, the first one counts. */
export function validity(certificate: string): { readonly from: Date; readonly to: Date } | undefined {
  try {
    const { validFromDate, validToDate } = new X509Certificate(certificate);
    return { from: validFromDate, to: validToDate };
  } catch {
    return undefined;
  }
}
