/**
 * One stack for every test that only needs a shop of its own on it: starting another costs more than most of them. Tests
 * that stop it, cut it off or set it up otherwise start their own (`startTestStack`).
 */
import { inject } from 'vitest';
import { type Running, type SharedStack, shared } from './stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    stack: Running;
  }
}

export const sharedStack = (): SharedStack => shared(inject('stack'));
