/**
 * Values of a flag among a program's arguments: `--disable a,b` and `--disable=a` are `a`, `b`. A flag without a value
 * has `''`.
 */
export function valuesOf(flag: string, args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    if (arg.startsWith(`${flag}=`)) return split(arg.slice(flag.length + 1));
    if (arg !== flag) return [];
    const next = args[index + 1] ?? '';
    return split(next.startsWith('--') ? '' : next);
  });
}

function split(value: string): readonly string[] {
  return value.split(',').map(part => part.trim());
}
