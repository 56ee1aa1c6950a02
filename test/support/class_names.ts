/** @file Names for classes that tests save. */
import { type ClassDirectory, type Named, useDirectory } from '../../src/utils/serial';

/** Lets the classes be saved under their own names for the tests of the surrounding `describe`. */
export function withClassNames(...classes: Named[]): void {
  let former: ClassDirectory | undefined;
  before(() => {
    former = useDirectory({
      nameOf: (type) => (classes.includes(type) ? type.name : undefined),
      resolve: (name) => classes.find((type) => type.name === name),
    });
  });
  after(() => {
    useDirectory(former);
  });
}
