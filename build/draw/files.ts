import { crc32, deflateSync } from 'node:zlib';

export interface Picture {
  readonly size: number;
  /** RGBA, row by row. */
  readonly pixels: Uint8Array;
}

export function png({ size, pixels }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // 8 bits a channel, with alpha.
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y++) rows.set(pixels.subarray(y * size * 4, (y + 1) * size * 4), y * (size * 4 + 1) + 1);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Windows: several sizes in one file; only the largest as PNG, which not every reader takes for the others. */
export function ico(pictures: readonly Picture[]): Buffer {
  const images = pictures.map(picture => (picture.size >= 256 ? png(picture) : bitmap(picture)));
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(({ size }, i) => {
    const at = 6 + 16 * i;
    const bytes = images[i]?.length ?? 0;
    head.set([size % 256, size % 256, 0, 0, 1, 0, 32, 0], at);
    head.writeUInt32LE(bytes, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += bytes;
  });
  return Buffer.concat([head, ...images]);
}

/** macOS: a name says which size and resolution a picture is for. */
export function icns(pictures: readonly (readonly [name: string, picture: Picture])[]): Buffer {
  const parts = pictures.map(([name, picture]) => {
    const data = png(picture);
    const head = Buffer.from(`${name}----`, 'latin1');
    head.writeUInt32BE(data.length + 8, 4);
    return Buffer.concat([head, data]);
  });
  const body = Buffer.concat(parts);
  const head = Buffer.from('icns----', 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
}

/** From the last row to the first, blue before red, then a mask of what is seen through. */
function bitmap({ size, pixels }: Picture): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(size, 4);
  header.writeInt32LE(size * 2, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const colours = Buffer.alloc(size * size * 4);
  const maskRow = Math.ceil(size / 32) * 4;
  const mask = Buffer.alloc(maskRow * size);
  for (let i = 0; i < size * size; i++) {
    const [x, y] = [i % size, size - 1 - Math.floor(i / size)];
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(i * 4, i * 4 + 4);
    colours.set([blue, green, red, alpha], (y * size + x) * 4);
    const at = y * maskRow + (x >> 3);
    if (alpha === 0) mask[at] = (mask[at] ?? 0) | (0x80 >> (x & 7));
  }
  return Buffer.concat([header, colours, mask]);
}
