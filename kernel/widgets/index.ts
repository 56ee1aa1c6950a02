/** @file The door of the widgets' room: what cells see as `widgets`. */
export { anywidget, type Front } from './anywidget';
export {
  button,
  type Button,
  label,
  row,
  slider,
  type Slider,
  type SliderOptions,
} from './controls';
export { trainingControls } from './training';
export { type Widget } from './widget';
