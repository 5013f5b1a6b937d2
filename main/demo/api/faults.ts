import { groupResource } from './resources.ts';
import type { FailureCode } from './status-error.ts';

/** How the API server misbehaves. What only makes sense for lists or for watches is said; the rest goes for all. */
export type Fault =
  /** Answers with this failure, before a watch opens. 429 and 503 say when to come again, if told to. */
  | {
      readonly kind: 'answer';
      readonly code: FailureCode;
      readonly retryAfterSeconds?: number;
      readonly message?: string;
    }
  /** List: 410 to whoever comes with a continue token; first pages are answered. */
  | { readonly kind: 'expired-continue' }
  /** Watch: opens, says ERROR 410 in the stream and ends. */
  | { readonly kind: 'expired-watch' }
  /** Takes the call and never answers. */
  | { readonly kind: 'hang' }
  /** Watch: opens and then sends nothing, no bookmark, and no end either. */
  | { readonly kind: 'silent' }
  /** Sends the answer in pieces, or each line of a watch in two halves, with this long before each. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** List: an HTML page with status 200. Watch: a line of it, then the stream goes on. */
  | { readonly kind: 'not-json' }
  /** Ends in the middle of a JSON text, without any error. */
  | { readonly kind: 'truncated' }
  /** An object of 40 MB among the others; in a watch, a line of that length. */
  | { readonly kind: 'huge' }
  /** List: says that there is nothing, with a version as if it were true. */
  | { readonly kind: 'empty-list' }
  /** Objects that are none, among the others. */
  | { readonly kind: 'hostile' };

/** Which calls a fault hits, and how often. */
export interface FaultRule {
  /** `services`, `ingressroutes` of every group, `ingressroutes.traefik.io`, or `any`: also calls like `/version`. */
  readonly resource: string;
  /** `list`, `watch` or another verb of Kubernetes, `write` for those that change something, or `any`. */
  readonly verb: string;
  readonly fault: Fault;
  /** After so many hits the rule is gone; without it, it stays until removed. */
  readonly times?: number;
}

/** A call, as far as faults look at it. */
export interface Target {
  /** `''` for the core group, and when the call is not of a resource. */
  readonly group: string;
  /** `''` when the call is not of a resource. */
  readonly plural: string;
  readonly verb: string;
  readonly isContinued: boolean;
}

/** What goes wrong on purpose. The oldest rule that fits a call decides. */
export class Faults {
  #rules: { readonly rule: FaultRule; left: number }[] = [];

  /** Adds a rule and returns the function that takes it away. */
  add(rule: FaultRule): () => void {
    const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
    this.#rules.push(entry);
    return () => this.#remove(entry);
  }

  /** Takes all rules away. */
  clear(): void {
    this.#rules = [];
  }

  /** The fault for a call, counted as a hit. */
  take(target: Target): Fault | undefined {
    const entry = this.#rules.find(({ rule }) => hits(rule, target));
    if (!entry) return undefined;
    entry.left -= 1;
    if (entry.left <= 0) this.#remove(entry);
    return entry.rule.fault;
  }

  /** Whether a call would be answered with 403; counts nothing. */
  forbids(target: Target): boolean {
    return this.#rules.some(
      ({ rule }) => rule.fault.kind === 'answer' && rule.fault.code === 403 && hits(rule, target),
    );
  }

  #remove(entry: unknown): void {
    this.#rules = this.#rules.filter(each => each !== entry);
  }
}

/** To ask what one may do is no write, though it is a POST. */
const WRITES = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);

function hits(rule: FaultRule, target: Target): boolean {
  if (!['any', target.plural, groupResource(target)].includes(rule.resource)) return false;
  const isWrite = WRITES.has(target.verb) && target.group !== 'authorization.k8s.io';
  if (!['any', target.verb, isWrite ? 'write' : ''].includes(rule.verb)) return false;
  switch (rule.fault.kind) {
    case 'expired-continue':
      return target.verb === 'list' && target.isContinued;
    case 'empty-list':
      return target.verb === 'list';
    case 'expired-watch':
    case 'silent':
      return target.verb === 'watch';
    default:
      return true;
  }
}
