/** How an organisation wants the messages it receives to be checked and answered, per domain. No row means the defaults. */
import type { Verbinding } from '../opslag/database.ts';
import type { Controleniveau } from '../standards/bevinding.ts';
import { DOMEINEN, type Domein } from '../standards/catalogus.ts';
import { type Foutlijst, STANDAARD_FOUTLIJST } from '../standards/foutcodes/lijsten.ts';

export interface Instelling {
  readonly controleniveau: Controleniveau;
  /** zelf: the receiver's own system answers; knooppunt: the switch answers for it. */
  readonly retour: 'zelf' | 'knooppunt';
  /** From which day the dossier knows everything; null = not said. */
  readonly dossierVolledigVanaf: string | null;
  readonly foutlijst: Foutlijst;
  readonly route: 'postbus' | 'stuf';
}

export const STANDAARD_INSTELLING: Instelling = Object.freeze({
  controleniveau: 2,
  retour: 'zelf',
  dossierVolledigVanaf: null,
  foutlijst: STANDAARD_FOUTLIJST,
  route: 'postbus',
});

export const isDomein = (tekst: string): tekst is Domein => (DOMEINEN as readonly string[]).includes(tekst);

const KOLOMMEN = `controleniveau, retour, to_char(dossier_volledig_vanaf, 'YYYY-MM-DD') as "dossierVolledigVanaf", foutlijst, route`;

/** The setting of an organisation for a domain; the defaults when it never chose. */
export async function leesInstelling(verbinding: Verbinding, organisatie: string, domein: Domein): Promise<Instelling> {
  const { rows } = await verbinding.query<Instelling>(
    `select ${KOLOMMEN} from instelling where organisatie = $1 and domein = $2`,
    [organisatie, domein],
  );
  return rows[0] ?? STANDAARD_INSTELLING;
}

/** Replaces the setting; takes effect for the next message. */
export async function bewaarInstelling(
  verbinding: Verbinding,
  organisatie: string,
  domein: Domein,
  instelling: Instelling,
): Promise<void> {
  await verbinding.query(
    `insert into instelling (organisatie, domein, controleniveau, retour, dossier_volledig_vanaf, foutlijst, route)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (organisatie, domein) do update set controleniveau = excluded.controleniveau, retour = excluded.retour,
       dossier_volledig_vanaf = excluded.dossier_volledig_vanaf, foutlijst = excluded.foutlijst, route = excluded.route, gewijzigd_op = now()`,
    [
      organisatie,
      domein,
      instelling.controleniveau,
      instelling.retour,
      instelling.dossierVolledigVanaf,
      instelling.foutlijst,
      instelling.route,
    ],
  );
}
