import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DEFLATED = 8;

/** One file out of a zip archive (stored or deflated, no zip64), for machines that have no `unzip`. */
export function unzip(archive: Buffer, name: string): Buffer {
  let entry = directoryStart(archive);
  for (;;) {
    if (archive.readUInt32LE(entry) !== 0x02014b50) throw new Error(`The archive has no ${name}.`);
    const nameLength = archive.readUInt16LE(entry + 28);
    if (archive.toString('utf8', entry + 46, entry + 46 + nameLength) === name) return content(archive, entry);
    entry += 46 + nameLength + archive.readUInt16LE(entry + 30) + archive.readUInt16LE(entry + 32);
  }
}

/** The directory is at the end, behind it only a record that points to it and a comment of at most 64 KiB. */
function directoryStart(archive: Buffer): number {
  for (let at = archive.length - 22; at >= Math.max(0, archive.length - 0x10016); at--) {
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return archive.readUInt32LE(at + 16);
  }
  throw new Error('This is no zip archive.');
}

function content(archive: Buffer, entry: number): Buffer {
  const method = archive.readUInt16LE(entry + 10);
  const size = archive.readUInt32LE(entry + 20);
  const local = archive.readUInt32LE(entry + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const bytes = archive.subarray(start, start + size);
  return method === DEFLATED ? inflateRawSync(bytes) : bytes;
}
