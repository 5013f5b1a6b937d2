import { EventEmitter } from 'node:events';

/** The one display. */
export const PRIMARY_DISPLAY = {
  id: 1,
  label: 'stand-in',
  scaleFactor: 1,
  rotation: 0,
  internal: true,
  bounds: { x: 0, y: 0, width: 1280, height: 800 },
  size: { width: 1280, height: 800 },
  workArea: { x: 0, y: 24, width: 1280, height: 776 },
  workAreaSize: { width: 1280, height: 776 },
};

/** `electron`'s `screen`. */
export const screen = Object.assign(new EventEmitter(), {
  getPrimaryDisplay: () => PRIMARY_DISPLAY,
  getAllDisplays: () => [PRIMARY_DISPLAY],
  getDisplayMatching: () => PRIMARY_DISPLAY,
  getDisplayNearestPoint: () => PRIMARY_DISPLAY,
  getCursorScreenPoint: () => ({ x: 1_200, y: 12 }),
});
