/** How far a point is from the edge of a shape; negative inside. */
export type Shape = (x: number, y: number) => number;

export type Colour = readonly [red: number, green: number, blue: number];

/** Painted one over the other; a layer without a colour cuts a hole. */
export interface Layer {
  readonly shape: Shape;
  readonly colour?: Colour;
}

type Point = readonly [number, number];

export const circle =
  (x: number, y: number, radius: number): Shape =>
  (px, py) =>
    Math.hypot(px - x, py - y) - radius;

/** A line with round ends. */
export function line([ax, ay]: Point, [bx, by]: Point, width: number): Shape {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  return (x, y) => {
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
    return Math.hypot(x - ax - t * dx, y - ay - t * dy) - width / 2;
  };
}

export function box(left: number, top: number, right: number, bottom: number, radius: number): Shape {
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  const [hx, hy] = [(right - left) / 2 - radius, (bottom - top) / 2 - radius];
  return (x, y) => {
    const [qx, qy] = [Math.abs(x - cx) - hx, Math.abs(y - cy) - hy];
    return Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - radius;
  };
}

export function polygon(points: readonly Point[]): Shape {
  const edges = points.map((a, i) => ({ a, b: points.at(i - 1) ?? a }));
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    let sign = 1;
    for (const { a, b } of edges) {
      nearest = Math.min(nearest, line(a, b, 0)(x, y));
      const isAbove = y < a[1];
      if (isAbove !== y < b[1] && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) sign = -sign;
    }
    return sign * nearest;
  };
}

/** Larger on all sides, with round corners. */
export const grown =
  (shape: Shape, by: number): Shape =>
  (x, y) =>
    shape(x, y) - by;

/** The edge itself, with a width. */
export const outline =
  (shape: Shape, width: number): Shape =>
  (x, y) =>
    Math.abs(shape(x, y)) - width / 2;

/** The layers as RGBA pixels, with smooth edges. */
export function paint(size: number, layers: readonly Layer[]): Uint8Array {
  const pixels = new Uint8Array(size * size * 4);
  // Corners as small as a pixel want more points than one; in large pictures nobody sees them.
  const samples = size <= 64 ? 4 : 1;
  for (let i = 0; i < size * size; i++) {
    const [red, green, blue, alpha] = pixelAt(i % size, Math.floor(i / size), samples, layers);
    if (alpha > 0) pixels.set([red / alpha, green / alpha, blue / alpha, alpha * 255].map(Math.round), i * 4);
  }
  return pixels;
}

/** The colours are multiplied with the alpha: what is seen through counts less. */
function pixelAt(
  x: number,
  y: number,
  samples: number,
  layers: readonly Layer[],
): readonly [number, number, number, number] {
  const sum: [number, number, number, number] = [0, 0, 0, 0];
  for (let i = 0; i < samples * samples; i++) {
    const px = x + ((i % samples) + 0.5) / samples;
    const py = y + (Math.floor(i / samples) + 0.5) / samples;
    let [red, green, blue, alpha] = [0, 0, 0, 0];
    for (const { shape, colour } of layers) {
      const cover = Math.min(1, Math.max(0, 0.5 - shape(px, py) * samples));
      const [r, g, b] = colour ?? [0, 0, 0];
      red = red * (1 - cover) + r * cover;
      green = green * (1 - cover) + g * cover;
      blue = blue * (1 - cover) + b * cover;
      alpha = alpha * (1 - cover) + (colour === undefined ? 0 : cover);
    }
    sum[0] += red;
    sum[1] += green;
    sum[2] += blue;
    sum[3] += alpha;
  }
  const n = samples * samples;
  return [sum[0] / n, sum[1] / n, sum[2] / n, sum[3] / n];
}
