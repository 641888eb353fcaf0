/** Test files share a process: whoever leaves a setting behind would decide what another tests. And every file draws from the same seed. */
import fc from 'fast-check';
import { afterAll, expect } from 'vitest';
import { ZAAD } from './zaad.ts';

fc.configureGlobal({ seed: ZAAD });

const vooraf = { ...process.env };
afterAll(() => expect(process.env).toEqual(vooraf));
