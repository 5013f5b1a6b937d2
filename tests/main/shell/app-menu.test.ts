import { expect, test } from 'vitest';
import { appMenu } from '../../../main/shell/app-menu.ts';

test.each(['darwin', 'win32', 'linux'] as const)('the menu bar of %s calls the program as people do', platform => {
  const [first] = appMenu({ platform, onSettings: () => {} });
  const rows = Array.isArray(first?.submenu) ? first.submenu : [];
  // Without a label of ours these have the name of the program's folder in them.
  const named = [first, ...rows].filter(row => row?.role === undefined || /^(about|hide|quit)$/.test(row.role));
  const labels = named.filter(row => row?.type !== 'separator').map(row => row?.label);
  expect(labels).toEqual(
    platform === 'darwin'
      ? ['Cluster Hosts', 'About Cluster Hosts', 'Settings…', 'Hide Cluster Hosts', 'Quit Cluster Hosts']
      : ['Settings…', 'Quit Cluster Hosts'],
  );
});
