import type { Api } from './contract.ts';

declare global {
  interface Window {
    readonly api: Api;
  }
}
