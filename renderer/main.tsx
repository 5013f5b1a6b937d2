import { CSPProvider } from '@base-ui/react/csp-provider';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { ask } from './ask.ts';
import './base.css';
import { store } from './store.ts';
import './tokens.css';

const api = { getSnapshot: () => ask('getSnapshot'), onPatch: window.api.onPatch };
store.follow(api);

const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements={true}>
        <App onRetry={() => void store.load(api)} />
      </CSPProvider>
    </StrictMode>,
  );
