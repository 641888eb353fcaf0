/** What commands with commands of their own have in common: choosing one, and what becomes of a refusal. */
import { type Config, leesConfig } from '../config.ts';
import { KnooppuntFout } from '../fouten.ts';
import { FOUT_GEBRUIK, GEWEIGERD, Gebruiksfout } from './gebruik.ts';

export type Deelopdracht = (args: readonly string[], config: Config) => Promise<number>;

/** Runs the command that the first word names. @returns the exit code */
export async function voerDeelopdrachtUit(
  opdrachten: Readonly<Record<string, Deelopdracht>>,
  [naam = '', ...args]: readonly string[],
): Promise<number> {
  try {
    const opdracht = Object.hasOwn(opdrachten, naam) ? opdrachten[naam] : undefined;
    if (!opdracht) throw new Gebruiksfout(`Kies uit: ${Object.keys(opdrachten).join(', ')}.`);
    return await opdracht(args, leesConfig(process.env));
  } catch (fout) {
    if (!(fout instanceof Gebruiksfout || fout instanceof KnooppuntFout)) throw fout;
    console.error(fout.message);
    return fout instanceof Gebruiksfout ? FOUT_GEBRUIK : GEWEIGERD;
  }
}
