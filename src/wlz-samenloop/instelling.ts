/** What a gemeente chose about its signals. No row means the defaults. */
import { schrijfLogboek } from '../logboek/logboek.ts';
import type { Database, Verbinding } from '../opslag/database.ts';

export interface Wlzinstelling {
  /** Its toewijzingen and stopberichten count as its Wmo side. */
  readonly dossierAlsBron: boolean;
  /** A signal that is not handled after so many days is sent once more; null: never. */
  readonly herinneringNaDagen: number | null;
  /** Are the dates of the indicatiebesluit shown, or only those of the overlap? */
  readonly indicatieTonen: boolean;
}

export const STANDAARD_WLZINSTELLING: Wlzinstelling = Object.freeze({
  dossierAlsBron: false,
  herinneringNaDagen: null,
  indicatieTonen: false,
});

export async function leesWlzinstelling(verbinding: Verbinding, gemeente: string): Promise<Wlzinstelling> {
  const { rows } = await verbinding.query<Wlzinstelling>(
    `select dossier_als_bron as "dossierAlsBron", herinnering_na_dagen as "herinneringNaDagen", indicatie_tonen as "indicatieTonen"
     from wlz_instelling where gemeente = $1`,
    [gemeente],
  );
  return rows[0] ?? STANDAARD_WLZINSTELLING;
}

/**
 * Changes what is given and leaves the rest. When its messages no longer count, what was read of them is removed.
 * @returns the setting as it is now
 */
export async function wijzigWlzinstelling(
  database: Database,
  { actor, reden }: { readonly actor: string; readonly reden?: string | undefined },
  gemeente: string,
  wijziging: Partial<Wlzinstelling>,
): Promise<Wlzinstelling> {
  return database.transactie(async (client) => {
    const nu = { ...(await leesWlzinstelling(client, gemeente)), ...wijziging };
    await client.query(
      `insert into wlz_instelling (gemeente, dossier_als_bron, herinnering_na_dagen, indicatie_tonen) values ($1, $2, $3, $4)
       on conflict (gemeente) do update set dossier_als_bron = excluded.dossier_als_bron,
         herinnering_na_dagen = excluded.herinnering_na_dagen, indicatie_tonen = excluded.indicatie_tonen`,
      [gemeente, nu.dossierAlsBron, nu.herinneringNaDagen, nu.indicatieTonen],
    );
    if (!nu.dossierAlsBron)
      await client.query(
        `with weg as (
           delete from wmo_dossierfeit where gemeente = $1 or gemeente in (select code from organisatie where opvolger = $1)
           returning bsn_hmac
         ) insert into wlz_te_vergelijken (bsn_hmac) select distinct bsn_hmac from weg`,
        [gemeente],
      );
    await schrijfLogboek(client, [
      {
        gebeurtenis: 'wlz-instelling gewijzigd',
        actor,
        namens: gemeente,
        resultaat: 'gewijzigd',
        berichtId: null,
        details: {
          dossierAlsBron: String(nu.dossierAlsBron),
          herinneringNaDagen: nu.herinneringNaDagen ?? 'nooit',
          indicatieTonen: String(nu.indicatieTonen),
          ...(reden !== undefined && { reden }),
        },
      },
    ]);
    return nu;
  });
}
