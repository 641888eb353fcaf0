/** The list of organisations, for the operator. */
import { z } from 'zod';
import type { Omgeving } from '../../../http/omgeving.ts';
import { ORGANISATIESOORTEN } from '../../../routering/feiten.ts';
import type { Dagen, Kaart } from '../../../routering/kaart.ts';
import { bladerKaarten } from '../../../routering/kaartenbak.ts';
import { datum } from '../../../tijd.ts';
import { type Html, html } from '../../html.ts';
import {
  bladeren,
  inleiding,
  keuzelijst,
  knop,
  knoppen,
  knopVerwijzing,
  leeg,
  merk,
  tabel,
  tekstveld,
  verwijzing,
  zoekformulier,
} from '../../onderdelen.ts';
import { datumKort } from '../../opmaak.ts';
import { type Pagina, pagina } from '../../pagina.ts';
import { BEHEER } from './wijziging.ts';

export const ORGANISATIES = { naam: 'Organisaties', pad: '/portaal/beheer/organisaties' } as const;
const PER_PAGINA = 50;
export const SOORTNAAM = { gemeente: 'Gemeente', aanbieder: 'Aanbieder', ketenpartij: 'Ketenpartij' } as const;

/** From one day to another, in words; both days count. */
export function dagenTekst({ vanaf, tot }: Dagen): string {
  if (vanaf === null && tot === null) return 'zonder einde';
  if (vanaf === null) return `tot en met ${datumKort(tot ?? '')}`;
  return tot === null ? `vanaf ${datumKort(vanaf)}` : `${datumKort(vanaf)} tot en met ${datumKort(tot)}`;
}

/** Does this day lie before, in or after a period? */
export const ligging = ({ vanaf, tot }: Dagen, dag: string): 'nog niet' | 'nu' | 'voorbij' => {
  if (vanaf !== null && dag < vanaf) return 'nog niet';
  return tot !== null && dag > tot ? 'voorbij' : 'nu';
};

export function geldigheid({ geldigVanaf, geldigTot }: Kaart): Html {
  const waar = ligging({ vanaf: geldigVanaf, tot: geldigTot }, datum(new Date()));
  if (waar === 'nu') return merk('geldig', 'goed');
  return waar === 'voorbij' ? merk('niet meer geldig', 'fout') : merk('nog niet geldig', 'let-op');
}

const deelname = ({ deelname: { iwmo, ijw } }: Kaart): string => {
  const dag = datum(new Date());
  const namen = [
    ...(iwmo && ligging(iwmo, dag) === 'nu' ? ['iWmo'] : []),
    ...(ijw && ligging(ijw, dag) === 'nu' ? ['iJw'] : []),
  ];
  return namen.length === 0 ? 'doet niet mee' : namen.join(' en ');
};

const eindpunt = ({ stuf }: Kaart): Html | string => {
  if (!stuf) return 'geen';
  return stuf.gestopt ? merk('gestopt', 'let-op') : merk('aan', 'goed');
};

const Vraag = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  soort: z.enum(ORGANISATIESOORTEN).optional().catch(undefined),
  na: z.string().max(8).catch('').default(''),
});
type Vraag = z.infer<typeof Vraag>;

const adres = ({ q, soort, na }: Partial<Vraag>): string => {
  const velden = Object.entries({ q, soort, na }).filter((veld): veld is [string, string] => Boolean(veld[1]));
  return velden.length === 0 ? ORGANISATIES.pad : `${ORGANISATIES.pad}?${new URLSearchParams(velden)}`;
};

const lijst = (kaarten: readonly Kaart[]): Html =>
  tabel<Kaart>({
    titel: 'Organisaties',
    titelVerborgen: true,
    rijen: kaarten,
    kolommen: [
      { kop: 'Naam', rijkop: true, cel: ({ code, naam }) => verwijzing(`${ORGANISATIES.pad}/${code}`, naam) },
      { kop: 'Code', cel: ({ code }) => code },
      { kop: 'Soort', cel: ({ soort }) => SOORTNAAM[soort] },
      { kop: 'Doet mee aan', cel: deelname },
      { kop: 'StUF-eindpunt', cel: eindpunt },
      { kop: 'Geldigheid', cel: geldigheid },
    ],
  });

export const organisatielijst = ({ database }: Pick<Omgeving, 'database'>): Pagina =>
  pagina<Vraag>({
    methode: 'get',
    pad: '/beheer/organisaties',
    id: 'beheer-organisaties',
    toegang: 'beheerder',
    vraagSchema: Vraag,
    async voer({ vraag }) {
      const { q, soort, na } = vraag;
      const kaarten = await bladerKaarten(database.pool, { aantal: PER_PAGINA, na, soort, zoek: q || undefined });
      const laatste = kaarten.length === PER_PAGINA ? kaarten.at(-1)?.code : undefined;
      return {
        titel: ORGANISATIES.naam,
        kruimels: [BEHEER],
        breed: true,
        inhoud: html`
${inleiding('Alle gemeenten, aanbieders en ketenpartijen die het knooppunt kent.')}
${zoekformulier(
  ORGANISATIES.pad,
  tekstveld({ naam: 'q', label: 'Naam of code', type: 'search', waarde: q, breedte: 24, maxlengte: 100 }),
  keuzelijst({
    naam: 'soort',
    label: 'Soort',
    leegste: 'Alle soorten',
    waarde: soort,
    keuzes: ORGANISATIESOORTEN.map((waarde) => ({ waarde, tekst: SOORTNAAM[waarde] })),
  }),
  knop('Zoeken', { soort: 'secondary' }),
)}
${
  kaarten.length === 0
    ? leeg('Geen organisatie gevonden', 'Zoek op een deel van de naam, of op het begin van de code.')
    : html`${lijst(kaarten)}${bladeren(na === '' ? null : adres({ q, soort }), laatste ? adres({ q, soort, na: laatste }) : null)}`
}
${knoppen(knopVerwijzing(`${ORGANISATIES.pad}/nieuw`, 'Organisatie toevoegen', { soort: 'secondary' }))}`,
      };
    },
  });
