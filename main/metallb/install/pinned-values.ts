import { isDeepStrictEqual } from 'node:util';
import { dump, load } from 'js-yaml';
import type { RawObject } from '../../cluster/object-api.ts';
import { record, text } from '../../cluster/raw.ts';
import { AppError } from '../../errors.ts';

/** MetalLB gives a Service with this annotation the address in it. */
export const PINNED = 'metallb.io/loadBalancerIPs';

/**
 * Values of Traefik's chart with the annotation, or without it where `address` is `undefined`. Other lines stay as they
 * are, comments and spelling included: helm reads YAML 1.1, where `yes` is no text and `0644` is octal, and would read
 * them otherwise once they were written anew. Throws an AppError for what are no values.
 */
export function withPin(values: string, address: string | undefined): string {
  const before = read(values);
  if (before === undefined) {
    const hint = 'Mend the HelmChartConfig traefik in kube-system, or go on without an address of Traefik’s own.';
    throw new AppError('metallb', 'The values that Traefik has already are not YAML.', hint);
  }
  const lines = withoutPin(values.split('\n'));
  const edited = (address === undefined ? lines : withPinLine(lines, address)).join('\n');
  const after = read(edited);
  const isAsWished = pinOf(after) === (address ?? '') && isDeepStrictEqual(withoutPinned(after), withoutPinned(before));
  return isAsWished ? edited : writtenAnew(withoutPinned(before), address);
}

/** The address in the values; `''` for none. Throws as `withPin` does not: what is no YAML has none. */
export function pinIn(values: string): string {
  return pinOf(read(values));
}

/** Of a HelmChartConfig, however long they are: what is left out here would be lost. */
export function valuesOf(settings: RawObject | undefined): string {
  const { valuesContent } = record(settings?.spec);
  return typeof valuesContent === 'string' ? valuesContent : '';
}

/** `undefined` for what is no mapping. */
function read(values: string): RawObject | undefined {
  try {
    const found = load(values) ?? {};
    return typeof found === 'object' && !Array.isArray(found) ? record(found) : undefined;
  } catch {
    return values.split('\n').every(isSilent) ? {} : undefined;
  }
}

const isSilent = (line: string): boolean => /^\s*(#.*)?$/.test(line);

function pinOf(values: RawObject | undefined): string {
  return text(record(record(values?.service).annotations)[PINNED]);
}

/** Without the annotation, and without what is empty then. */
function withoutPinned(values: RawObject | undefined): RawObject {
  const { service, ...all } = values ?? {};
  const { annotations, ...rest } = record(service);
  const { [PINNED]: _, ...others } = record(annotations);
  const left = { ...rest, ...(Object.keys(others).length > 0 && { annotations: others }) };
  return { ...all, ...(Object.keys(left).length > 0 && { service: left }) };
}

/** For what is in braces, where there are no lines to add one to. */
function writtenAnew(values: RawObject, address: string | undefined): string {
  if (address === undefined) return dump(values, { lineWidth: -1 });
  const service = record(values.service);
  const annotations = { ...record(service.annotations), [PINNED]: address };
  return dump({ ...values, service: { ...service, annotations } }, { lineWidth: -1 });
}

const PIN_LINE = /^ +(["']?)metallb\.io\/loadBalancerIPs\1\s*:/;

function withoutPin(lines: readonly string[]): readonly string[] {
  const at = lines.findIndex(line => PIN_LINE.test(line));
  return at === -1 ? lines : without(lines, at);
}

/** Without a line, and without those above it that have nothing under them any more. */
function without(lines: readonly string[], at: number): readonly string[] {
  const rest = lines.toSpliced(at, 1);
  const above = rest[at - 1] ?? '';
  const isEmptied = /^ *(service|annotations):\s*$/.test(above) && indentUnder(rest, at - 1) === undefined;
  return isEmptied ? without(rest, at - 1) : rest;
}

function withPinLine(lines: readonly string[], address: string): readonly string[] {
  const pin = (indent: number) => `${' '.repeat(indent)}${PINNED}: ${JSON.stringify(address)}`;
  const service = lines.findIndex(line => /^service:\s*(#.*)?$/.test(line));
  if (service === -1) {
    const end = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
    return [...end, 'service:', '  annotations:', pin(4), ''];
  }
  const indent = indentUnder(lines, service) ?? 2;
  const isAnnotations = new RegExp(`^ {${indent}}annotations:\\s*(#.*)?$`);
  const end = lines.findIndex((line, index) => index > service && /^[^\s#]/.test(line));
  const block = lines.slice(0, end === -1 ? lines.length : end);
  const annotations = block.findIndex((line, index) => index > service && isAnnotations.test(line));
  if (annotations === -1) return lines.toSpliced(service + 1, 0, `${' '.repeat(indent)}annotations:`, pin(indent * 2));
  return lines.toSpliced(annotations + 1, 0, pin(indentUnder(lines, annotations) ?? indent * 2));
}

/** Of the first line that says something after a line, if it is further in. */
function indentUnder(lines: readonly string[], at: number): number | undefined {
  const next = lines.slice(at + 1).find(line => !isSilent(line)) ?? '';
  return indentOf(next) > indentOf(lines[at] ?? '') ? indentOf(next) : undefined;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
