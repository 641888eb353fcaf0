/** How far an export is, in a file beside it: written after each page, gone when all was delivered. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Periode } from './exporteren.ts';

const SCHEMA = z.object({
  vanaf: z.string(),
  tot: z.string(),
  naar: z.string(),
  na: z.int(),
  bytes: z.int().nonnegative(),
});
export type Stand = Pick<z.infer<typeof SCHEMA>, 'na' | 'bytes'>;

/** An export that cannot go on, or not like this; the message is a Dutch sentence. */
export class Exportfout extends Error {}

export class Voortgang {
  readonly #pad: string;
  readonly #naar: string;
  #periode: { vanaf: string; tot: string } | undefined;

  /** @param naar where it goes; an export that goes elsewhere is another one */
  constructor(pad: string, naar: string) {
    this.#pad = pad;
    this.#naar = naar;
  }

  /** @throws Exportfout when what is there is of another export */
  lees({ vanaf, tot }: Periode): Stand | undefined {
    this.#periode = { vanaf: vanaf.toISOString(), tot: tot.toISOString() };
    if (!existsSync(this.#pad)) return undefined;
    const gelezen = SCHEMA.safeParse(JSON.parse(readFileSync(this.#pad, 'utf8')));
    const { vanaf: v, tot: t } = this.#periode;
    if (!gelezen.success || gelezen.data.vanaf !== v || gelezen.data.tot !== t || gelezen.data.naar !== this.#naar)
      throw new Exportfout(
        `${this.#pad} is van een andere export die niet af is. Rond die af met dezelfde opties, of verwijder het bestand.`,
      );
    return gelezen.data;
  }

  bewaar(stand: Stand): void {
    writeFileSync(`${this.#pad}.nieuw`, JSON.stringify({ ...this.#periode, naar: this.#naar, ...stand }), {
      mode: 0o600,
    });
    renameSync(`${this.#pad}.nieuw`, this.#pad);
  }

  wis(): void {
    rmSync(this.#pad, { force: true });
  }
}
