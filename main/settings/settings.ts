import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Settings } from '../../preload/contract.ts';
import { plainText } from '../cluster/plain-text.ts';
import { AppError } from '../errors.ts';
import { DEFAULT_SETTINGS } from './defaults.ts';
import { FIELDS, LIMITS, SETTINGS } from './schema.ts';

/** Of the file's form. A later one must be able to read this one. */
const VERSION = 1;

/** Settings as they were read; `problems` are sentences about what could not be. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly problems: readonly string[];
}

/**
 * Reads settings from anywhere, whatever they are. What is wrong falls back to its default, of a list only the entries
 * that are wrong are left out; what is not known is passed over. Does not throw.
 */
export function parseSettings(document: unknown): ReadSettings {
  if (!isRecord(document)) return { settings: DEFAULT_SETTINGS, problems: ['The settings are not a JSON object.'] };
  const problems = document.version === undefined || document.version === VERSION ? [] : [OTHER_VERSION];
  const fields: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  for (const key of KEYS) {
    if (!Object.hasOwn(document, key)) continue;
    const { value, issue } = salvage(key, document[key]);
    fields[key] = value;
    if (issue) problems.push(`Left out of the settings (${key}): ${describe(key, issue).message}`);
  }
  return { settings: SETTINGS.parse(fields), problems };
}

/** The settings as text for their file: JSON that {@link parseSettings} reads back as they are. */
export function printSettings(settings: Settings): string {
  return `${JSON.stringify({ version: VERSION, ...settings }, null, 2)}\n`;
}

/**
 * The settings with a change of some of them, each in canonical spelling; the same object where nothing is different.
 * Throws an {@link AppError} that says what is wrong with the first one that is; then nothing is changed.
 */
export function changeSettings(settings: Settings, change: unknown): Settings {
  if (!isRecord(change)) throw new AppError('settings', 'The settings were not changed: that is no change.', AGAIN);
  const fields: Record<string, unknown> = { ...settings };
  for (const [key, value] of Object.entries(change)) {
    if (!isKey(key)) throw new AppError('settings', `There is no setting called "${plainText(key, 80)}".`, AGAIN);
    if (value === undefined) continue;
    const result = FIELDS[key].safeParse(value);
    if (!result.success) throw refusal(key, result.error.issues[0]);
    fields[key] = result.data;
  }
  const changed = SETTINGS.parse(fields);
  return isDeepStrictEqual(changed, settings) ? settings : changed;
}

type Key = keyof Settings;
type Issue = z.core.$ZodIssue;

const KEYS = Object.keys(FIELDS) as Key[];
const isKey = (key: string): key is Key => Object.hasOwn(FIELDS, key);

const AGAIN = 'Start the program again, and try once more.';
const OTHER_VERSION =
  'The settings were written by another version of this program; what this one knows of them is used.';

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value made to fit by leaving out no more than what is wrong in it. */
function salvage(key: Key, given: unknown): { readonly value: unknown; readonly issue?: Issue | undefined } {
  const fallback = DEFAULT_SETTINGS[key];
  const value = isRecord(fallback) && isRecord(given) ? { ...fallback, ...given } : given;
  const result = FIELDS[key].safeParse(value);
  if (result.success) return { value: result.data };
  const { issues } = result.error;
  const mended = FIELDS[key].safeParse(mend(key, value, new Set(issues.map(({ path }) => path[0]))));
  return { value: mended.success ? mended.data : fallback, issue: issues[0] };
}

/** `wrong`: the positions or names inside the value that cannot be used. */
function mend(key: Key, value: unknown, wrong: ReadonlySet<PropertyKey | undefined>): unknown {
  const fallback = DEFAULT_SETTINGS[key];
  if (Array.isArray(value)) return value.filter((_, index) => !wrong.has(index)).slice(0, limitOf(key));
  if (!isRecord(value) || !isRecord(fallback)) return fallback;
  return Object.fromEntries(
    Object.entries(fallback).map(([name, usual]) => [name, wrong.has(name) ? usual : value[name]]),
  );
}

const limitOf = (key: Key) => new Map<Key, number>(Object.entries(LIMITS) as [Key, number][]).get(key);

function refusal(key: Key, issue: Issue | undefined): AppError {
  const { message, hint } = describe(key, issue);
  return new AppError('settings', message, hint);
}

/** Own words where the value is wrong, the same ones for all that have the wrong shape. */
function describe(key: Key, issue: Issue | undefined): { readonly message: string; readonly hint: string } {
  if (issue?.code === 'custom') return { message: issue.message, hint: String(issue.params?.hint) };
  if (issue?.code === 'too_big')
    return { message: `The list ${key} is too long. ${issue.message}`, hint: 'Take some of it out.' };
  return { message: `The setting ${key} cannot have this value.`, hint: AGAIN };
}
