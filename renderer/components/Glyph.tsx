/** The product's own sign: a cluster with the lines of a hosts file. It has the props of the other icons. */
export function Glyph({ size = 16, strokeWidth = 1.5 }: { size?: number; strokeWidth?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={strokeWidth}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden={true}
    >
      <path d="M8 1.5 13.6 4.75v6.5L8 14.5 2.4 11.25v-6.5z" />
      <path d="M5.5 7h5M5.5 9.5h3" />
    </svg>
  );
}
