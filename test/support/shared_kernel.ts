/** @file One kernel for all tests that do not end it: starting one takes a second or two. */
import { KernelClient } from './kernel_client';

let started: Promise<KernelClient> | undefined;

/** The kernel, started by whoever asks first. */
export function sharedKernel(): Promise<KernelClient> {
  started ??= KernelClient.start();
  return started;
}

after(async () => {
  await (await started)?.stop();
});
