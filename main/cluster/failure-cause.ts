/** The server was not reached, or the connection did not last. */
export type NetworkCause =
  | { readonly kind: 'refused' | 'silent' | 'unknown-host' | 'no-route' | 'reset' }
  | { readonly kind: 'other'; readonly message: string };

/** TLS came to no agreement. */
export type TlsCause =
  | { readonly kind: 'not-tls' | 'tls-refused' | 'wrong-authority' | 'expired' | 'not-yet-valid' }
  /** `names`: what the server's certificate is for. */
  | { readonly kind: 'wrong-name'; readonly names: string };

/** Why a request to the API did not get an answer, as far as its error tells; `malformed`: the answer is no HTTP. */
export type Cause = NetworkCause | TlsCause | { readonly kind: 'malformed' };

type Plain = Exclude<Cause['kind'], 'wrong-name' | 'other'>;

/** Codes of the system, of Node.js' TLS and of undici. */
const CODES: readonly (readonly [Plain, readonly string[]])[] = [
  ['refused', ['ECONNREFUSED']],
  ['silent', ['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ERR_SOCKET_CONNECTION_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT']],
  ['unknown-host', ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']],
  ['no-route', ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL']],
  ['reset', ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'UND_ERR_SOCKET']],
  ['not-tls', ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG']],
  ['expired', ['CERT_HAS_EXPIRED']],
  ['not-yet-valid', ['CERT_NOT_YET_VALID']],
  ['wrong-authority', ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE']],
  ['wrong-authority', ['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_SIGNATURE_FAILURE']],
  ['wrong-authority', ['CERT_UNTRUSTED', 'CERT_REJECTED', 'CERT_CHAIN_TOO_LONG', 'PATH_LENGTH_EXCEEDED', 'INVALID_CA']],
];

const PLAIN_BY_CODE = new Map(CODES.flatMap(([kind, codes]) => codes.map(code => [code, kind] as const)));

/** Looks through an error, what caused it and, where several addresses were tried, the errors of each. */
export function causeOf(error: unknown): Cause {
  return known(error, 0) ?? { kind: 'other', message: error instanceof Error ? error.message : String(error) };
}

function known(error: unknown, depth: number): Cause | undefined {
  if (!(error instanceof Error) || depth > 5) return undefined;
  const own = ownCause(error);
  if (own !== undefined) return own;
  const inner = [error.cause, ...(error instanceof AggregateError ? error.errors : [])];
  return inner.map(each => known(each, depth + 1)).find(cause => cause !== undefined);
}

function ownCause(error: Error & { readonly code?: unknown; readonly cert?: unknown }): Cause | undefined {
  const code = String(error.code ?? '');
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return { kind: 'wrong-name', names: alternativeNames(error.cert) };
  const kind = PLAIN_BY_CODE.get(code) ?? kindBySyntax(code, error);
  return kind === undefined ? undefined : { kind };
}

/** OpenSSL's errors come with a code of their own or as EPROTO, depending on when they happen. */
function kindBySyntax(code: string, { name, message }: Error): Plain | undefined {
  if (name === 'TimeoutError') return 'silent';
  if (code.startsWith('HPE_')) return 'malformed';
  if (code === 'EPROTO' && /wrong version number|packet length too long/.test(message)) return 'not-tls';
  if (/^ERR_SSL_.*_ALERT_/.test(code) || (code === 'EPROTO' && /SSL alert number/.test(message))) return 'tls-refused';
  return undefined;
}

function alternativeNames(certificate: unknown): string {
  const names =
    typeof certificate === 'object' && certificate !== null ? Reflect.get(certificate, 'subjectaltname') : '';
  return typeof names === 'string' ? names.replaceAll(/DNS:|IP Address:/g, '') : '';
}
