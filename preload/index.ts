import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { Api, Reply, Requests, Screen } from './contract.ts';

const ask = <M extends keyof Requests>(method: M, ...args: Parameters<Requests[M]>) =>
  ipcRenderer.invoke(method, ...args) as Promise<Reply<ReturnType<Requests[M]>>>;

/** The event itself stays here: it would lead to everything that Electron can do. */
function listen<T>(channel: string, listener: (value: T) => void): () => void {
  const heard = (_event: IpcRendererEvent, value: T) => listener(value);
  ipcRenderer.on(channel, heard);
  return () => void ipcRenderer.off(channel, heard);
}

/** Where a window that is still loading is sent, it goes when it listens. */
let waiting: Screen | undefined;
const remember = listen<Screen>('navigate', screen => {
  waiting = screen;
});

function onNavigate(listener: (screen: Screen) => void): () => void {
  remember();
  if (waiting !== undefined) listener(waiting);
  waiting = undefined;
  return listen('navigate', listener);
}

const api: Api = {
  getSnapshot: () => ask('getSnapshot'),
  getFile: () => ask('getFile'),
  getBackups: () => ask('getBackups'),
  getNameSources: hostname => ask('getNameSources', hostname),
  syncNow: acceptRemovals => ask('syncNow', acceptRemovals),
  restoreBackup: id => ask('restoreBackup', id),
  removeAll: () => ask('removeAll'),
  checkNow: () => ask('checkNow'),
  pause: minutes => ask('pause', minutes),
  resume: () => ask('resume'),
  setSettings: change => ask('setSettings', change),
  chooseContext: name => ask('chooseContext', name),
  chooseKubeconfig: () => ask('chooseKubeconfig'),
  pasteKubeconfig: text => ask('pasteKubeconfig', text),
  lookAgain: () => ask('lookAgain'),
  startDemo: () => ask('startDemo'),
  leaveDemo: () => ask('leaveDemo'),
  setServerAddress: address => ask('setServerAddress', address),
  allowProgram: digest => ask('allowProgram', digest),
  declineProgram: digest => ask('declineProgram', digest),
  runChecks: again => ask('runChecks', again),
  adviseAddresses: text => ask('adviseAddresses', text),
  planInstall: wish => ask('planInstall', wish),
  install: wish => ask('install', wish),
  cancelInstall: () => ask('cancelInstall'),
  keepInstallation: () => ask('keepInstallation'),
  rollBack: () => ask('rollBack'),
  removeMetallb: () => ask('removeMetallb'),
  resetInstaller: () => ask('resetInstaller'),
  openUrl: url => ask('openUrl', url),
  copyText: text => ask('copyText', text),
  openLogs: () => ask('openLogs'),
  copyDiagnostics: () => ask('copyDiagnostics'),
  testNotification: () => ask('testNotification'),
  dismissWrite: () => ask('dismissWrite'),
  quit: () => ask('quit'),
  onPatch: listener => listen('patch', listener),
  onNavigate,
};

contextBridge.exposeInMainWorld('api', api);
