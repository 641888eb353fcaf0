/** The users of the demo, one of each kind. They have no person at a broker, so nobody becomes one of them but through the page of the demo. */
import { afgeleideUuid } from '../../identiteit.ts';
import type { Database } from '../../opslag/database.ts';
import { DOMEINEN } from '../../standards/catalogus.ts';
import { clientId } from './rechten.ts';
import { DIENSTEN, type Dienst, type Rol } from './types.ts';

export interface Demogebruiker {
  /** Its name in an address or a form. */
  readonly wie: string;
  readonly naam: string;
  readonly organisatie: string | null;
  readonly rol: Rol;
  readonly diensten: readonly Dienst[];
  /** Organisations that it acts for beside its own. */
  readonly machtigingen: readonly string[];
  /** What the page says of it. */
  readonly uitleg: string;
}

const BERICHTEN: readonly Dienst[] = ['wmo', 'jw', 'ketendata'];

export const DEMOGEBRUIKERS: readonly Demogebruiker[] = [
  {
    wie: 'gemeente',
    naam: 'Medewerker gemeente',
    organisatie: '0363',
    rol: 'gebruiker',
    diensten: DIENSTEN,
    machtigingen: [],
    uitleg: 'Medewerker van gemeente Amsterdam, met alle diensten.',
  },
  {
    wie: 'gebruikersbeheerder',
    naam: 'Gebruikersbeheerder gemeente',
    organisatie: '0363',
    rol: 'gebruikersbeheerder',
    diensten: DIENSTEN,
    machtigingen: [],
    uitleg: 'Geeft collega’s van gemeente Amsterdam toegang tot het portaal.',
  },
  {
    wie: 'aanbieder',
    naam: 'Medewerker aanbieder',
    organisatie: '98000001',
    rol: 'gebruiker',
    diensten: BERICHTEN,
    machtigingen: [],
    uitleg: 'Medewerker van zorgaanbieder 98000001, zonder eigen gekoppeld systeem.',
  },
  {
    wie: 'regio',
    naam: 'Medewerker regio',
    organisatie: '0344',
    rol: 'gebruiker',
    diensten: DIENSTEN,
    machtigingen: ['0363', '0518'],
    uitleg: 'Werkt voor gemeente Utrecht, en met een machtiging ook voor Amsterdam en Den Haag.',
  },
  {
    wie: 'landelijk',
    naam: 'Medewerker VNG',
    organisatie: null,
    rol: 'landelijk',
    diensten: ['ketendata'],
    machtigingen: [],
    uitleg: 'Ziet landelijke cijfers, en geen berichten.',
  },
  {
    wie: 'beheerder',
    naam: 'Beheerder knooppunt',
    organisatie: null,
    rol: 'beheerder',
    diensten: [],
    machtigingen: [],
    uitleg: 'Beheert dit knooppunt: organisaties, machtigingen, bevriezingen.',
  },
];

/** The id that a user of the demo has in every demo. */
export const demogebruikerId = (wie: string): string => afgeleideUuid('demo-gebruiker', wie);

/** Registers the users of the demo; those already there stay as they are. */
export function zorgVoorDemogebruikers(database: Database): Promise<void> {
  return database.transactie(async (verbinding) => {
    for (const { wie, naam, organisatie, rol, diensten, machtigingen } of DEMOGEBRUIKERS) {
      const id = demogebruikerId(wie);
      const { rowCount } = await verbinding.query(
        `insert into gebruiker (id, naam, organisatie, rol, gekoppeld_op) values ($1, $2, $3, $4, now())
         on conflict do nothing`,
        [id, naam, organisatie, rol],
      );
      if (rowCount === 0) continue;
      await verbinding.query('insert into gebruiker_dienst (gebruiker, dienst) select $1, unnest($2::text[])', [
        id,
        diensten,
      ]);
      await verbinding.query(
        `insert into machtiging (client, organisatie, domein, vanaf)
         select $1, code, domein, now() from unnest($2::text[]) as code cross join unnest($3::text[]) as domein`,
        [clientId(id), machtigingen, DOMEINEN],
      );
    }
  });
}
