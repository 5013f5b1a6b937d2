import { describe, expect, test } from 'vitest';
import { systemPlaces } from '../../../../main/hosts/elevated/places.ts';
import { placesFor } from '../../../../main/hosts/elevation/open-hosts-file.ts';
import { stateFolder, systemHostsPath, writerPlaces } from '../../../../main/paths.ts';

const ENV = { SystemRoot: 'C:\\Windows', LOCALAPPDATA: 'C:\\Users\\ann\\AppData\\Local' };

describe.each(['linux', 'darwin', 'win32'] as const)('on %s a file is locked and backed up', platform => {
  const system = systemHostsPath(platform, ENV);
  const on = (isAdmin: boolean) => ({ platform, isAdministrator: () => isAdmin });
  const ofUser = (path: string) => writerPlaces(path, stateFolder(platform, ENV));

  test('in one place by the helper and by an administrator who needs none', () => {
    const { places } = systemPlaces(platform);
    expect(placesFor(system, { way: 'prompt' }, ENV, on(false))).toEqual(places);
    expect(placesFor(system, { way: 'manual' }, ENV, on(false))).toEqual(places);
    expect(placesFor(system, { way: 'direct' }, ENV, on(true))).toEqual(places);
  });

  test('in the user’s own where only that one file is the user’s, and for all other files', () => {
    expect(placesFor(system, { way: 'direct' }, ENV, on(false))).toEqual(ofUser(system));
    expect(placesFor('/tmp/hosts', { way: 'direct' }, ENV, on(true))).toEqual(ofUser('/tmp/hosts'));
  });
});
