/** Changes what an organisation chose for a domein, with its audit line. Who may do so is for the caller to ask. */
import { KnooppuntFout } from '../fouten.ts';
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Database } from '../opslag/database.ts';
import type { Domein } from '../standards/catalogus.ts';
import { bewaarInstelling, type Instelling, leesInstelling } from './instellingen.ts';
import { eisReden } from './wijziging.ts';

/** What is to change; what is left out stays as it is. */
export type Instellingkeuze = { readonly [V in keyof Instelling]?: Instelling[V] | undefined };

export interface Instellingsopdracht {
  readonly actor: string;
  readonly reden?: string | undefined;
}

/**
 * @returns the setting as it is now; it holds from the next message on
 * @throws KnooppuntFout nietGevonden when there is no such organisation; invoerOngeldig when the reden says nothing
 */
export async function wijzigInstelling(
  database: Database,
  { actor, reden }: Instellingsopdracht,
  code: string,
  domein: Domein,
  keuze: Instellingkeuze,
): Promise<Instelling> {
  if (reden !== undefined) eisReden(reden);
  const gekozen = Object.fromEntries(Object.entries(keuze).filter(([, waarde]) => waarde !== undefined));
  return database.transactie(async (verbinding) => {
    const { rowCount } = await verbinding.query('select from organisatie where code = $1', [code]);
    if (rowCount !== 1) throw new KnooppuntFout('nietGevonden');
    const instelling = { ...(await leesInstelling(verbinding, code, domein)), ...gekozen };
    await bewaarInstelling(verbinding, code, domein, instelling);
    await schrijfLogboek(verbinding, [
      {
        gebeurtenis: 'instelling gewijzigd',
        actor,
        namens: code,
        resultaat: 'gewijzigd',
        berichtId: null,
        details: {
          domein,
          controleniveau: instelling.controleniveau,
          retour: instelling.retour,
          foutlijst: instelling.foutlijst,
          ...(reden !== undefined && { reden }),
        },
      },
    ]);
    return instelling;
  });
}
