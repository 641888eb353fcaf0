/** Only in the demo: files to practise with, made for who asks, so that one can hand in something without having a system of one's own. */
import { readFileSync } from 'node:fs';
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { datum } from '../../../tijd.ts';
import type { Gebruiker } from '../../../toegang/gebruikers/types.ts';
import { type Html, html } from '../../html.ts';
import { alinea, kaart, verwijzing } from '../../onderdelen.ts';
import { type Pagina, pagina } from '../../pagina.ts';

const VOORBEELDEN = new URL('../../../../voorbeelden/iwmo/3.2/', import.meta.url);
const PAD = '/portaal/aanleveren/oefenbestand';

const WELKE = ['fout', 'goed'] as const;
type Welke = (typeof WELKE)[number];

interface Oefening {
  readonly soort: string;
  /** What is put wrong in it, in words and in the file. */
  readonly fout: (xml: string) => string;
  readonly uitleg: string;
}

const vervang = (xml: string, element: string, waarde: string): string =>
  xml.replace(new RegExp(`<((?:\\w+:)?${element})>[^<]*<`), `<$1>${waarde}<`);

/** An aanbieder declares, a gemeente allocates. */
const OEFENINGEN = {
  aanbieder: {
    soort: 'WMO323',
    fout: (xml) =>
      vervang(xml, 'TotaalBedrag', '94040').replace(/(<ProductPeriode>\s*<iwmo:Begindatum>)2026-04-01/, '$12026-05-01'),
    uitleg:
      'Een declaratie met twee prestaties. In het eerste bestand klopt het totaal niet, en één periode eindigt voor zij begint.',
  },
  gemeente: {
    soort: 'WMO301',
    fout: (xml) => vervang(vervang(xml, 'Geslacht', '5'), 'Bsn', '999900007'),
    uitleg: 'Een toewijzing. In het eerste bestand bestaan het burgerservicenummer en het geslacht niet.',
  },
} as const satisfies Record<string, Oefening>;

const oefeningVan = ({ organisatie }: Gebruiker): Oefening =>
  organisatie?.length === 8 ? OEFENINGEN.aanbieder : OEFENINGEN.gemeente;

/** A gemeente that lets the switch answer, and does not hold the declaratie against toewijzingen that this practice file has not. */
async function ontvangerVoor({ database }: Pick<Omgeving, 'database'>): Promise<string> {
  const { rows } = await database.pool.query<{ organisatie: string }>(
    `select organisatie from instelling where domein = 'iwmo' and retour = 'knooppunt' and controleniveau <= 2 and organisatie ~ '^[0-9]{4}$'
     order by organisatie limit 1`,
  );
  return rows[0]?.organisatie ?? '0363';
}

async function maak(omgeving: Pick<Omgeving, 'database'>, gebruiker: Gebruiker, welke: Welke): Promise<string> {
  const { soort, fout } = oefeningVan(gebruiker);
  const eigen = gebruiker.organisatie ?? '';
  const ander = eigen.length === 8 ? await ontvangerVoor(omgeving) : '98000001';
  const vandaag = datum(new Date());
  const nummer = Date.now().toString(36).toUpperCase();
  const xml = readFileSync(new URL(`${soort}.xml`, VOORBEELDEN), 'utf8');
  const velden = {
    Afzender: eigen,
    Ontvanger: ander,
    Identificatie: `O${nummer}`,
    DeclaratieNummer: `D${nummer}`,
    DeclaratieDagtekening: vandaag,
    Dagtekening: vandaag,
  };
  const goed = Object.entries(velden).reduce((tekst, [element, waarde]) => vervang(tekst, element, waarde), xml);
  return welke === 'goed' ? goed : fout(goed);
}

/** Below the form, in the demo. */
export const oefenkaart = (gebruiker: Gebruiker): Html => {
  const { soort, uitleg } = oefeningVan(gebruiker);
  return kaart(
    'Geen bestand bij de hand?',
    alinea(uitleg),
    html`<ul class="kp-lijst"><li>${verwijzing(`${PAD}/fout`, `Download een ${soort} met fouten`)}</li><li>${verwijzing(`${PAD}/goed`, `Download een ${soort} die klopt`)}</li></ul>`,
  );
};

export const oefenPaginas = (omgeving: Omgeving): readonly Pagina[] => [
  pagina({
    methode: 'get',
    pad: '/aanleveren/oefenbestand/:welk',
    id: 'oefenbestand',
    toegang: 'berichten',
    async voer({ gebruiker, pad, res }) {
      const welke = WELKE.find((naam) => naam === pad.welk);
      if (!omgeving.config.demo || !welke) throw new KnooppuntFout('nietGevonden');
      const xml = await maak(omgeving, gebruiker, welke);
      res
        .status(200)
        .type('application/xml')
        .attachment(`${oefeningVan(gebruiker).soort}-${welke}.xml`)
        .end(xml);
      return undefined;
    },
  }),
];
