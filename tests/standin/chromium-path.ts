import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedBrowser, NO_BROWSER } from './installed-browser.ts';

const CACHE = join(import.meta.dirname, '../../node_modules/.cache');

/** Where the browser is: STANDIN_CHROMIUM, else the one that npm brought, else one that is installed. */
export async function chromiumPath(): Promise<string> {
  if (process.env.STANDIN_CHROMIUM) return process.env.STANDIN_CHROMIUM;
  if (process.platform === 'linux' && process.arch === 'x64') return await unpackedChromium();
  const installed = installedBrowser(process.env);
  if (installed === undefined) throw new Error(NO_BROWSER);
  return installed;
}

/** Its fonts: a computer that only runs tests may have none. */
export function fontEnvironment(browser: string): Record<string, string> {
  const fonts = join(dirname(browser), 'fonts.conf');
  return existsSync(fonts) ? { FONTCONFIG_FILE: fonts } : {};
}

async function unpackedChromium(): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const { version } = JSON.parse(await readFile(join(dirname(entry), '../../package.json'), 'utf8'));
  const folder = join(CACHE, `chromium-${version}-open-sans`);
  if (!existsSync(folder)) await unpack(folder);
  return join(folder, 'chromium');
}

/** Unpacks beside the folder and renames: several tests may start at once, and none may find half a browser. */
async function unpack(folder: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const fresh = await mkdtemp(`${folder}-`);
  const { TMPDIR } = process.env;
  try {
    // The package unpacks into the common temporary folder, and takes what it finds there for its own.
    process.env.TMPDIR = fresh;
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    await writeFile(join(fresh, 'fonts.conf'), fontsIn(folder));
    await rename(fresh, folder).catch(error => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    await rm(fresh, { recursive: true, force: true });
  }
}

/** A cache that is given relative to this file would be made wherever the browser is started. */
const fontsIn = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
  <alias binding="strong"><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <alias binding="strong"><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <alias binding="strong"><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
`;
