/**
 * A line of a file with what cannot be seen made visible, but for tabs: characters that turn the direction round could
 * make an address look like another one.
 */
export function visible(line: string): string {
  return line.replace(/(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, hidden => {
    const code = hidden.codePointAt(0) ?? 0;
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}
