import type { Io, Output } from './io.ts';
import type { CommandOption } from './option-table.ts';
import type { Options } from './options.ts';

/** What a command gets to work with. */
export interface Invocation {
  /** The words behind the command's own. */
  readonly words: readonly string[];
  readonly options: Options;
  readonly io: Io;
  readonly out: Output;
}

/** Exit codes, as scripts see them. */
export const EXIT = { done: 0, error: 1, pending: 2, declined: 3, usage: 64, interrupted: 130 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Command {
  /** Its word or words: `status`, `metallb status`. */
  readonly name: string;
  /** What else it takes, as help shows it: `[NAME]`. */
  readonly takes: string;
  readonly summary: string;
  readonly options: readonly CommandOption[];
  /** Throws an AppError, which becomes exit code 1. */
  run(invocation: Invocation): Promise<ExitCode>;
}
