import { expect, test } from 'vitest';
import { decideClose } from '../../../main/shell/closing.ts';

test.each([
  ['keep-running', false, 'yes', 'hide-and-tell'],
  ['keep-running', true, 'yes', 'hide'],
  ['keep-running', false, 'no', 'ask'],
  ['keep-running', false, 'unknown', 'ask'],
  ['keep-running', true, 'no', 'hide'],
  ['quit', false, 'yes', 'quit'],
  ['quit', true, 'no', 'quit'],
] as const)('%s, told: %s, tray: %s → %s', (onClose, toldAboutTray, tray, decision) =>
  expect(decideClose({ onClose, toldAboutTray }, tray)).toBe(decision),
);
