/** @file A notebook that only writes down what it is asked to show. */
import { type DisplayHost, type MimeBundle, setDisplayHost } from '../../src/utils/display';

/** One bundle that was shown. */
export interface Shown {
  /** Which display, by order of creation. */
  display: number;
  /** Milliseconds. */
  time: number;
  bundle: MimeBundle;
}

/** Within the surrounding `describe` there is a notebook; gives what it was asked to show. */
export function recordingHost(): () => Shown[] {
  let shown: Shown[] = [];
  beforeEach(() => {
    shown = [];
    let displays = 0;
    const host: DisplayHost = {
      show(bundle) {
        const display = displays++;
        shown.push({ display, time: performance.now(), bundle });
        const update = (next: MimeBundle) =>
          void shown.push({ display, time: performance.now(), bundle: next });
        return { update };
      },
    };
    setDisplayHost(host);
  });
  afterEach(() => setDisplayHost(undefined));
  return () => shown;
}
