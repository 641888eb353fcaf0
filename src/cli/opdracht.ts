/** What commands with commands of their own have in common: choosing one, and what becomes of a refusal. */
import { userInfo } from 'node:os';
import { type Config, leesConfig } from '../config.ts';
import { KnooppuntFout } from '../fouten.ts';
import { Gebruiksfout } from './routering-opdrachten.ts';

export const GEWEIGERD = 1;
export const FOUT_GEBRUIK = 2;

export type Deelopdracht = (args: readonly string[], config: Config) => Promise<number>;

/** Who gives commands here, for the audit log. */
export const cliActor = (): string => `cli:${userInfo().username}`;

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
