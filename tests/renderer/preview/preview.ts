import type { Screen } from '../../../preload/contract.ts';
import { STATES } from '../states.ts';
import { fakeApi } from './fake-api.ts';

const query = new URLSearchParams(location.search);
const snapshot = STATES[query.get('state') ?? 'ok'] ?? STATES.ok;
if (snapshot === undefined) throw new Error('no such state');

const theme = query.get('theme');
if (theme !== null) document.documentElement.style.colorScheme = theme;

const fake = fakeApi(snapshot, (query.get('screen') ?? undefined) as Screen | undefined);
Object.assign(window, { api: fake.api, fake });
await import('../../../renderer/main.tsx');
