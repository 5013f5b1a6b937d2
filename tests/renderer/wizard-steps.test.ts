import { describe, expect, it } from 'vitest';
import type { AppState } from '../../preload/contract.ts';
import { elapsed } from '../../preload/words/wizard.ts';
import {
  callsForWizard,
  isInstalling,
  isRemoval,
  stepOf,
  traefiksAddress,
} from '../../renderer/screens/wizard/steps.ts';
import { STATES } from './states.ts';

function stateOf(name: string): AppState {
  const snapshot = STATES[name];
  if (snapshot === undefined) throw new Error(`no state ${name}`);
  return snapshot.state;
}

describe('the step', () => {
  it.each([
    ['wizard-kubeconfig', 'done', 'connect'],
    ['wizard-connect', undefined, 'connect'],
    ['wizard-connect', 'addresses', 'addresses'],
    ['wizard-ready', undefined, 'check'],
    ['ours', undefined, 'addresses'],
    ['wizard-installing', 'review', 'install'],
    ['wizard-failed', undefined, 'install'],
    ['wizard-rolled-back', 'check', 'install'],
    ['wizard-installed', 'hosts', 'install'],
    ['wizard-unfinished', undefined, 'install'],
    ['wizard-unfinished', 'addresses', 'addresses'],
    ['removing', undefined, 'addresses'],
    ['removal-failed', 'check', 'check'],
  ] as const)('%s, the user at %s: %s', (name, at, step) => {
    expect(stepOf(at, stateOf(name))).toBe(step);
  });
});

describe('the wizard comes up by itself', () => {
  it.each([
    ['wizard-kubeconfig', true],
    ['wizard-connect', true],
    ['wizard-installing', true],
    ['wizard-installed', true],
    ['wizard-unfinished', true],
    ['setup-kubeconfig', false],
    ['no-address', false],
    ['ok', false],
    ['removing', false],
    ['removal-failed', false],
    ['removed', false],
  ])('%s: %s', (name, calls) => expect(callsForWizard(stateOf(name))).toBe(calls));

  it('does not where Traefik has an address, or is not known yet', () => {
    const state = stateOf('wizard-connect');
    expect(callsForWizard({ ...state, traefik: { ...state.traefik, state: 'ready' } })).toBe(false);
    const cluster = state.cluster && { ...state.cluster, connection: 'connecting' as const };
    expect(callsForWizard({ ...state, cluster })).toBe(false);
  });
});

describe('an installation', () => {
  it('is told from a removal, which may have failed', () => {
    expect(isInstalling(stateOf('wizard-failed'))).toBe(true);
    expect(isInstalling(stateOf('removal-failed'))).toBe(false);
    expect(isRemoval(stateOf('removal-failed').installer)).toBe(true);
    expect(isRemoval({ ...stateOf('removal-failed').installer, phase: 'idle' })).toBe(false);
  });

  it('is not needed where Traefik has an address, from whomever', () => {
    expect(traefiksAddress(stateOf('wizard-answers'))).toBe('192.168.1.240');
    expect(traefiksAddress(stateOf('ours'))).toBe('192.168.1.240');
    expect(traefiksAddress(stateOf('wizard-ready'))).toBe('');
  });
});

it.each([
  [-5, '0 s'],
  [400, '0 s'],
  [12_400, '12 s'],
  [59_600, '1 min 0 s'],
  [3_725_000, '62 min 5 s'],
])('%d ms are %s', (ms, text) => expect(elapsed(ms)).toBe(text));
