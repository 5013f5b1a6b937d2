const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('sample', {
  version: 1,
  echo: value => ipcRenderer.invoke('echo', value),
  fail: () => ipcRenderer.invoke('fail'),
  missing: () => ipcRenderer.invoke('missing'),
  from: () => ipcRenderer.invoke('from'),
  onCount: listener => {
    const heard = (_event, message) => listener(message);
    ipcRenderer.on('count', heard);
    return () => void ipcRenderer.off('count', heard);
  },
});
