/** @file Controls: a button, sliders, a line of text, and how they stand beside each other. */
import { controls, Widget } from './widget';

/** A button. */
export interface ButtonState {
  description: string;
  disabled: boolean;
  /** Colour: none, or by meaning. */
  button_style: '' | 'primary' | 'success' | 'info' | 'warning' | 'danger';
}

/** A button to click. */
export class Button extends Widget<ButtonState> {
  constructor(label: string, state: Partial<ButtonState> = {}) {
    super(controls('Button'), { description: label, disabled: false, button_style: '', ...state });
  }

  /** Hears clicks, also while a cell runs, whenever it awaits. @returns Ends the hearing. */
  onClick(listener: () => unknown): () => void {
    return this.onCustom(({ event }) => (event === 'click' ? listener() : undefined));
  }
}

/** A slider. */
export interface SliderOptions {
  label?: string;
  min: number;
  max: number;
  value: number;
  /** Size of a step; of the exponent if `log`. */
  step?: number;
  /** Whether equal ways mean equal ratios, as for learning rates; then all numbers are above 0. */
  log?: boolean;
}

interface SliderState {
  description: string;
  min: number;
  max: number;
  value: number;
  step: number;
  base: number;
  readout: boolean;
  readout_format: string;
}

/** A number to be set by sliding. */
export class Slider extends Widget<SliderState> {
  constructor({ label = '', min, max, value, step, log = false }: SliderOptions) {
    const [least, most] = log ? [Math.log10(min), Math.log10(max)] : [min, max];
    super(controls(log ? 'FloatLogSlider' : 'FloatSlider'), {
      description: label,
      ...{ min: least, max: most, value, step: step ?? (most - least) / 100 },
      ...{ base: 10, readout: true, readout_format: '.3g' },
    });
  }

  get value(): number {
    return this.state.value;
  }

  set value(value: number) {
    this.set({ value });
  }

  /** Hears each new value, also while a cell runs, whenever it awaits. @returns Ends the hearing. */
  onValue(listener: (value: number) => unknown): () => void {
    return this.onChange(({ value }) => (value === undefined ? undefined : listener(value)));
  }
}

/** A button to click: `button('Stop').onClick(() => ...)`. */
export function button(label: string, state: Partial<ButtonState> = {}): Button {
  return new Button(label, state);
}

/** A number to slide: `slider({ min: 1e-4, max: 1, value: 0.01, log: true }).onValue((x) => ...)`. */
export function slider(options: SliderOptions): Slider {
  return new Slider(options);
}

/** A line of text, as long as it is: a control cuts its own label off. */
export function label(value: string): Widget<{ value: string }> {
  return new Widget(controls('Label'), { value });
}

type AnyWidget = Pick<Widget<object>, 'reference'>;

/** Widgets side by side. */
export function row(...children: AnyWidget[]): Widget<object> {
  return new Widget(controls('HBox'), { children: children.map(({ reference }) => reference) });
}
