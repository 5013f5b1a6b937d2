/** A part of a document is not what it must be; the message says which and what, without a full stop. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/**
 * One mapping of a document from outside (YAML or JSON), read field by field. A field that is missing or null reads as
 * empty; one of another type throws {@link Malformed} with its path: `users[0].user.token must be text`.
 */
export class Section {
  readonly #fields: object;
  readonly #path: string;

  constructor(value: unknown, path: string) {
    const fields = value ?? {};
    if (typeof fields !== 'object' || Array.isArray(fields)) throw new Malformed(`${path || 'it'} must be a mapping`);
    this.#fields = fields;
    this.#path = path;
  }

  text(name: string): string {
    const value = this.#get(name) ?? '';
    if (typeof value !== 'string') throw new Malformed(`${this.#at(name)} must be text (in quotes, if need be)`);
    return value;
  }

  flag(name: string): boolean {
    const value = this.#get(name) ?? false;
    if (typeof value !== 'boolean') throw new Malformed(`${this.#at(name)} must be true or false`);
    return value;
  }

  /** Base64 in the strict form that kubectl takes: padded, with nothing else between but line breaks. */
  base64(name: string): string {
    const value = this.text(name).replace(/[\r\n]/g, '');
    const valid = value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
    if (!valid) throw new Malformed(`${this.#at(name)} must be base64`);
    return value;
  }

  /** A mapping inside this one, or `undefined` where there is none. */
  optional(name: string): Section | undefined {
    const value = this.#get(name);
    return value === undefined ? undefined : new Section(value, this.#at(name));
  }

  section(name: string): Section {
    return new Section(this.#get(name), this.#at(name));
  }

  sections(name: string): Section[] {
    return this.#list(name).map((item, index) => new Section(item, `${this.#at(name)}[${index}]`));
  }

  texts(name: string): string[] {
    const items = this.#list(name);
    if (!items.every(item => typeof item === 'string')) throw new Malformed(`${this.#at(name)} must be a list of text`);
    return items;
  }

  /** The fields that this mapping has. */
  names(): string[] {
    return Object.keys(this.#fields);
  }

  /** Every field of this mapping, all of which must be text. */
  allTexts(): ReadonlyMap<string, string> {
    return new Map(this.names().map(name => [name, this.text(name)]));
  }

  /** Any value, as JSON; limited in size, because aliases can make a small file mean an endless one. */
  json(name: string): string {
    let nodes = 0;
    const count = (_key: string, value: unknown) => {
      nodes += 1;
      if (nodes > 10_000) throw new Malformed(`${this.#at(name)} is too large`);
      return value;
    };
    return JSON.stringify(this.#get(name) ?? null, count);
  }

  #list(name: string): unknown[] {
    const value = this.#get(name) ?? [];
    if (!Array.isArray(value)) throw new Malformed(`${this.#at(name)} must be a list`);
    return value;
  }

  #get(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? (Reflect.get(this.#fields, name) ?? undefined) : undefined;
  }

  #at(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }
}
