import { z } from 'zod';
import { AppError } from '../errors.ts';

const text = (max: number) => z.string().max(max);

const NOTHING = z.tuple([]);

/** The arguments of every request, as strict as the contract; what does not fit is refused as a whole. */
const SHAPES = {
  nothing: NOTHING,
  flag: z.tuple([z.boolean()]),
  text: z.tuple([text(2048)]),
  kubeconfig: z.tuple([text(1_048_576)]),
  // All lines of a hosts file, which may be so long.
  copied: z.tuple([text(4_194_304)]),
  minutes: z.tuple([z.number().int().min(1).max(10_080).nullable()]),
  addresses: z.tuple([text(2048).nullable()]),
  wish: z.tuple([z.strictObject({ addresses: text(2048), pin: text(64) })]),
  // The settings have a parser of their own, which says what is wrong with them.
  change: z.tuple([z.record(z.string(), z.unknown())]),
} as const;

type Shape = keyof typeof SHAPES;

/** A parser for arguments of one shape. Throws an AppError. */
export function argsOf<S extends Shape>(shape: S): (raw: readonly unknown[]) => z.infer<(typeof SHAPES)[S]> {
  return raw => {
    const parsed = SHAPES[shape].safeParse([...raw]);
    if (parsed.success) return parsed.data as z.infer<(typeof SHAPES)[S]>;
    throw new AppError('internal', 'The window asked in a way that is not understood.', 'Start Cluster Hosts again.');
  };
}
