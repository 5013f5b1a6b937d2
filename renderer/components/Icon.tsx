import type { ComponentType } from 'react';

/** What lucide-react's icons and our own glyph have in common. */
export type IconShape = ComponentType<{
  readonly size?: number;
  readonly strokeWidth?: number;
  readonly className?: string;
  readonly 'aria-hidden'?: boolean;
}>;

/** An icon beside a word: it says nothing of its own. */
export function Icon({ of: Shape, size = 16 }: { of: IconShape; size?: number }) {
  return <Shape size={size} strokeWidth={1.5} aria-hidden={true} />;
}
