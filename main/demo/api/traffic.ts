/** What the API server has seen since it was made: for tests that ask how often somebody called. */
export class Traffic {
  /** TLS connections accepted. */
  connections = 0;
  readonly #calls = new Map<string, number>();

  /** Notes a call of a path (without the query). */
  note(verb: string, path: string): void {
    this.#calls.set(`${verb} ${path}`, this.count(verb, path) + 1);
  }

  /** How often a path was called with a verb: `count('watch', '/api/v1/services')`. */
  count(verb: string, path: string): number {
    return this.#calls.get(`${verb} ${path}`) ?? 0;
  }

  /** Every call: `list /api/v1/services` → how often. */
  get calls(): ReadonlyMap<string, number> {
    return this.#calls;
  }
}
