/**
 * A vitest reporter whose last line, alone, is the score: `N passed, N failed` or `N passed, N failed, N skipped`.
 * Everything that makes the run fail counts as failed: a test, a suite whose setup threw, a file that doesn't load, an
 * error that nobody caught, and a run that ended before it was done.
 */
import { writeSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

export interface Telling {
  readonly geslaagd: number;
  readonly mislukt: number;
  readonly overgeslagen: number;
}

/** Counts the outcome of a run. */
export function tel(modules: readonly TestModule[], onopgevangen: readonly SerializedError[]): Telling {
  const tests = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
  const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const aantal = (...standen: readonly string[]): number => tests.filter((stand) => standen.includes(stand)).length;
  return {
    geslaagd: aantal('passed'),
    mislukt: aantal('failed') + suites.filter((suite) => suite.errors().length > 0).length + onopgevangen.length,
    // A test is pending when the run was broken off before it: it has not passed, and nobody saw it fail.
    overgeslagen: aantal('skipped', 'pending'),
  };
}

/** The line itself. */
export function slotregel({ geslaagd, mislukt, overgeslagen }: Telling): string {
  return `${geslaagd} passed, ${mislukt} failed${overgeslagen > 0 ? `, ${overgeslagen} skipped` : ''}`;
}

export default class Slotregel implements Reporter {
  #telling: Telling = { geslaagd: 0, mislukt: 0, overgeslagen: 0 };

  onInit(): void {
    // Other reporters and the teardown still print after the run; on exit nothing can come after us any more.
    process.once('exit', (code) => {
      const { mislukt } = this.#telling;
      const eerlijk = code !== 0 && mislukt === 0 ? { ...this.#telling, mislukt: 1 } : this.#telling;
      writeSync(1, `${slotregel(eerlijk)}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], onopgevangen: readonly SerializedError[]): void {
    this.#telling = tel(modules, onopgevangen);
  }
}
