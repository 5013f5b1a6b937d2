const PLAIN = 'AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz';
const ACCENTED = 'ÅåƁƀÇçÐðÉéƑƒĜĝĤĥÎîĴĵĶķĻļṀṁÑñÖöÞþǪǫŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž';

const accents = new Map([...PLAIN].map((letter, index) => [letter, [...ACCENTED][index] ?? letter]));

/**
 * The catalogue in a language that nobody speaks: accented, 40 % longer and in brackets. What stays plain on the screen
 * is not in the catalogue, and what is cut has no room for a translation.
 */
export function pseudo<T>(catalogue: T): T {
  return translate(catalogue) as T;
}

function translate(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? '' : accent(value);
  if (typeof value === 'function') return (...args: unknown[]) => translate(value(...args));
  if (Array.isArray(value)) return value.map(translate);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, translate(inner)]));
  return value;
}

function accent(text: string): string {
  const longer = '~'.repeat(Math.ceil(text.length * 0.4));
  return `[${[...text].map(letter => accents.get(letter) ?? letter).join('')}${longer}]`;
}
