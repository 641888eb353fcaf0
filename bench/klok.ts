/** Adds up what a step costs: elapsed time, processor time of this process, and processor time of the service that it asks. */
import { readFileSync } from 'node:fs';
import { rond } from './getallen.ts';

export interface Stap {
  readonly stap: string;
  /** Microseconds per message, one after the other: waiting for the service and for the disk counts. */
  readonly doorlooptijd: number;
  /** Of this Node process. */
  readonly node: number;
  /** Of the PostgreSQL backend or of Redis; 0 for steps that need neither. */
  readonly dienst: number;
}

/** Nanoseconds that a process has been on a processor. */
const opProcessor = (pid: number): number => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]);

export class Klok {
  readonly #dienst: number | undefined;
  #wand = 0;
  #node = 0;
  #bijDienst = 0;
  #aantal = 0;

  /** @param dienst process id of the service */
  constructor(dienst?: number) {
    this.#dienst = dienst;
  }

  /** Measures `werk`, which does its step for `aantal` messages. */
  async tijd<T>(aantal: number, werk: () => T | Promise<T>): Promise<T> {
    const dienst = this.#dienst === undefined ? 0 : opProcessor(this.#dienst);
    const processor = process.cpuUsage();
    const begin = performance.now();
    const uitkomst = await werk();
    this.#wand += performance.now() - begin;
    const { user, system } = process.cpuUsage(processor);
    this.#node += user + system;
    this.#bijDienst += this.#dienst === undefined ? 0 : opProcessor(this.#dienst) - dienst;
    this.#aantal += aantal;
    return uitkomst;
  }

  uitslag(stap: string): Stap {
    return {
      stap,
      doorlooptijd: rond((this.#wand * 1000) / this.#aantal, 0),
      node: rond(this.#node / this.#aantal, 0),
      dienst: rond(this.#bijDienst / 1000 / this.#aantal, 0),
    };
  }
}
