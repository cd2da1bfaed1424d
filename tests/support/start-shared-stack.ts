import type { TestProject } from 'vitest/node';
import { startTestStack } from './stack.ts';

/** Starts the stack of `shared-stack.ts`, before the first of its tests and once. */
export async function setup({ provide }: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  const { baseUrl, wsUrl, lambdaUrl, storeUrl, dataDirectory, operatorToken, stop } = await startTestStack();
  provide('stack', { baseUrl, wsUrl, lambdaUrl, storeUrl, dataDirectory, operatorToken });
  return stop;
}
