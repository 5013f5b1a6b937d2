/** What failed, in a word that scripts may match on (`error.code` of `--json`). */
export type ErrorCode =
  | 'usage'
  | 'kubeconfig'
  | 'plugin'
  | 'unreachable'
  | 'certificate'
  | 'unauthorized'
  | 'forbidden'
  | 'server'
  | 'hosts-file'
  | 'settings'
  | 'metallb'
  | 'interrupted'
  | 'internal';

/** A failure told to the user: `message` says what happened, `hint` what to do next; both are whole sentences. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.hint = hint;
  }
}

/** The end of a `switch` over a union: a member that is not handled does not compile. */
export function assertNever(value: never): never {
  throw new Error(`not handled: ${JSON.stringify(value)}`);
}
