/** Test files share a process: whoever leaves a setting behind would decide what another tests. */
import { afterAll, expect } from 'vitest';

const vooraf = { ...process.env };
afterAll(() => expect(process.env).toEqual(vooraf));
