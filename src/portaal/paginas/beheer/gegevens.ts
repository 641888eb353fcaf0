/** The operator adds an organisation, or changes what the switch knows of it. */
import { z } from 'zod';
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { wijziger } from '../../../http/wijziger.ts';
import { type Dagen, type Kaart, legeKaart, soortVanCode } from '../../../routering/kaart.ts';
import { leesKaart } from '../../../routering/kaartenbak.ts';
import { wijzigKaart } from '../../../routering/kaartwijziging.ts';
import { DOMEINEN, type Domein } from '../../../standards/catalogus.ts';
import { type Html, html } from '../../html.ts';
import type { Ingevuld } from '../../onderdelen/formulier.ts';
import { formulier, inleiding, keuzes, tekstveld } from '../../onderdelen.ts';
import { datumLang } from '../../opmaak.ts';
import type { Pagina, Paginaverzoek } from '../../pagina.ts';
import { DOMEINTITEL } from './instellingwoorden.ts';
import { dagenTekst, ORGANISATIES } from './organisaties.ts';
import { Aangekruist, Dag, leegIsNull, Organisatiecode } from './velden.ts';
import {
  BEHEER,
  eisVerschil,
  fouten,
  nakijkknop,
  Reden,
  redenveld,
  type Verschil,
  verschillenVan,
  wijzigpaginas,
} from './wijziging.ts';

const eigenschappen = {
  naam: z.string().trim().min(1, 'Vul een naam in.').max(200, 'Een naam heeft hoogstens 200 tekens.'),
  geldigVanaf: Dag,
  geldigTot: Dag,
  opvolger: leegIsNull(Organisatiecode),
  iwmo: Aangekruist,
  iwmoVanaf: Dag,
  iwmoTot: Dag,
  ijw: Aangekruist,
  ijwVanaf: Dag,
  ijwTot: Dag,
  reden: Reden,
};
const Wijzig = z.object(eigenschappen);
const Nieuw = Wijzig.extend({ code: Organisatiecode });
type Wijzig = z.infer<typeof Wijzig>;

const deelnameVan = (f: Wijzig): Kaart['deelname'] => ({
  iwmo: f.iwmo ? { vanaf: f.iwmoVanaf, tot: f.iwmoTot } : null,
  ijw: f.ijw ? { vanaf: f.ijwVanaf, tot: f.ijwTot } : null,
});
const kaartvelden = (f: Wijzig) => ({
  naam: f.naam,
  geldigVanaf: f.geldigVanaf,
  geldigTot: f.geldigTot,
  opvolger: f.opvolger,
  deelname: deelnameVan(f),
});

const dag = (waarde: string | null): string => (waarde === null ? 'geen' : datumLang(waarde));
const meedoen = (dagen: Dagen | null): string => (dagen === null ? 'doet niet mee' : `doet mee, ${dagenTekst(dagen)}`);

function verschillen(was: Kaart, wordt: ReturnType<typeof kaartvelden>): readonly Verschil[] {
  return verschillenVan([
    ['Naam', was.naam || 'geen', wordt.naam],
    ['Geldig vanaf', dag(was.geldigVanaf), dag(wordt.geldigVanaf)],
    ['Geldig tot en met', dag(was.geldigTot), dag(wordt.geldigTot)],
    ['Opvolger', was.opvolger ?? 'geen', wordt.opvolger ?? 'geen'],
    ...DOMEINEN.map(
      (domein) => [DOMEINTITEL[domein], meedoen(was.deelname[domein]), meedoen(wordt.deelname[domein])] as const,
    ),
  ]);
}

const GEVOLGEN = {
  einde: 'Na de laatste dag kan niemand meer berichten sturen aan of namens deze organisatie.',
  opvolger:
    'Na de laatste dag gaat alles wat aan deze code is gericht naar de postbus van de opvolger. De opvolger ziet ook de oudere berichten.',
  stopt: 'Zodra de deelname eindigt, worden berichten in dat domein geweigerd.',
} as const;

const gevolgen = (was: Kaart, wordt: ReturnType<typeof kaartvelden>): readonly string[] => [
  'Het geldt binnen 5 seconden, voor elk nieuw bericht.',
  ...(was.geldigTot !== wordt.geldigTot && wordt.geldigTot !== null ? [GEVOLGEN.einde] : []),
  ...(was.opvolger !== wordt.opvolger && wordt.opvolger !== null ? [GEVOLGEN.opvolger] : []),
  ...(DOMEINEN.some(
    (domein) =>
      (was.deelname[domein] !== null &&
        (wordt.deelname[domein]?.tot ?? null) !== (was.deelname[domein]?.tot ?? null)) ||
      (was.deelname[domein] !== null && wordt.deelname[domein] === null),
  )
    ? [GEVOLGEN.stopt]
    : []),
];

function domeinvelden(domein: Domein, kaart: Kaart, terug: Ingevuld): Html {
  const dagen = kaart.deelname[domein];
  const eerder = terug.ingevuld;
  return html`
${keuzes({
  soort: 'checkbox',
  naam: domein,
  label: DOMEINTITEL[domein],
  gekozen: (eerder ? eerder[domein] === 'ja' : dagen !== null) ? ['ja'] : [],
  keuzes: [{ waarde: 'ja', tekst: 'Doet mee aan het berichtenverkeer' }],
})}
<div class="kp-naast">
${tekstveld({ naam: `${domein}Vanaf`, label: `Eerste dag ${domein === 'iwmo' ? 'iWmo' : 'iJw'}`, type: 'date', waarde: dagen?.vanaf ?? '', ...terug })}
${tekstveld({ naam: `${domein}Tot`, label: `Laatste dag ${domein === 'iwmo' ? 'iWmo' : 'iJw'}`, type: 'date', waarde: dagen?.tot ?? '', ...terug })}
</div>`;
}

const velden = (kaart: Kaart, terug: Ingevuld): readonly Html[] => [
  tekstveld({ naam: 'naam', label: 'Naam', verplicht: true, waarde: kaart.naam, maxlengte: 200, ...terug }),
  html`<div class="kp-naast">
${tekstveld({ naam: 'geldigVanaf', label: 'Geldig vanaf', type: 'date', waarde: kaart.geldigVanaf ?? '', ...terug })}
${tekstveld({ naam: 'geldigTot', label: 'Geldig tot en met', type: 'date', waarde: kaart.geldigTot ?? '', ...terug })}
</div>`,
  tekstveld({
    naam: 'opvolger',
    label: 'Code van de opvolger',
    uitleg: 'Bij een herindeling of overname. Alleen samen met een laatste dag.',
    waarde: kaart.opvolger ?? '',
    breedte: 10,
    maxlengte: 8,
    ...terug,
  }),
  ...DOMEINEN.map((domein) => domeinvelden(domein, kaart, terug)),
  redenveld(terug),
  nakijkknop(),
];

export function gegevenspaginas(omgeving: Omgeving): readonly Pagina[] {
  const { database } = omgeving;
  async function kaartVan({ pad: { code = '' } }: Pick<Paginaverzoek, 'pad'>): Promise<Kaart> {
    const kaart = await leesKaart(database.pool, code);
    if (!kaart) throw new KnooppuntFout('nietGevonden');
    return kaart;
  }
  const bewaar = ({ gebruiker }: Pick<Paginaverzoek, 'gebruiker'>, code: string, f: Wijzig): Promise<Kaart> =>
    wijziger(omgeving)(gebruiker.client, (actor) =>
      wijzigKaart(database, { actor, reden: f.reden }, code, kaartvelden(f)),
    );
  const kruimels = ({ code, naam }: Kaart) => [BEHEER, ORGANISATIES, { naam, pad: `${ORGANISATIES.pad}/${code}` }];

  /** A new one has the form of its code, and takes part in what is chosen. */
  async function nieuweKaart(code: string): Promise<Kaart> {
    const soort = soortVanCode(code);
    if (!soort) throw new KnooppuntFout('invoerOngeldig', 'De code heeft niet de juiste vorm.');
    if (await leesKaart(database.pool, code))
      throw new KnooppuntFout('invoerOngeldig', 'Er is al een organisatie met deze code. Wijzig die.');
    return legeKaart(code, soort, '');
  }

  return [
    ...wijzigpaginas<z.infer<typeof Nieuw>>({
      id: 'beheer-organisatie-nieuw',
      pad: '/beheer/organisaties/nieuw',
      toegang: 'beheerder',
      schema: Nieuw,
      async vorm(verzoek, terug) {
        return {
          titel: 'Organisatie toevoegen',
          kruimels: [BEHEER, ORGANISATIES],
          inhoud: html`
${fouten(terug)}
${inleiding('Voeg een gemeente, een aanbieder of een ketenpartij toe. De code zegt welke soort het is.')}
${formulier(
  verzoek,
  tekstveld({
    naam: 'code',
    label: 'Code',
    uitleg:
      'CBS-code van de gemeente (4 cijfers), AGB-code van de aanbieder (8 cijfers), of de afkorting van een ketenpartij.',
    verplicht: true,
    breedte: 10,
    maxlengte: 8,
    ...terug,
  }),
  velden(legeKaart('', 'gemeente', ''), terug),
)}`,
        };
      },
      async kijkNa(_verzoek, f) {
        const was = await nieuweKaart(f.code);
        return {
          titel: 'Klopt dit?',
          kruimels: [BEHEER, ORGANISATIES],
          verschillen: [{ wat: 'Code', nu: 'bestaat nog niet', wordt: f.code }, ...verschillen(was, kaartvelden(f))],
          gevolgen: ['Een code verandert nooit meer. Wel kunt u later een laatste dag en een opvolger invullen.'],
          knop: 'Organisatie toevoegen',
        };
      },
      async doe(verzoek, f) {
        await nieuweKaart(f.code);
        await bewaar(verzoek, f.code, f);
        return {
          naar: `${ORGANISATIES.pad}/${f.code}`,
          melding: { soort: 'ok', tekst: 'De organisatie is toegevoegd.' },
        };
      },
    }),
    ...wijzigpaginas<Wijzig>({
      id: 'beheer-organisatie-gegevens',
      pad: '/beheer/organisaties/:code/gegevens',
      toegang: 'beheerder',
      schema: Wijzig,
      async vorm(verzoek, terug) {
        const kaart = await kaartVan(verzoek);
        return {
          titel: 'Gegevens wijzigen',
          kruimels: kruimels(kaart),
          inhoud: html`${fouten(terug)}${inleiding(`Wat het knooppunt weet van ${kaart.naam} (${kaart.code}).`)}${formulier(verzoek, velden(kaart, terug))}`,
        };
      },
      async kijkNa(verzoek, f) {
        const was = await kaartVan(verzoek);
        const wordt = kaartvelden(f);
        return {
          titel: 'Klopt dit?',
          kruimels: kruimels(was),
          verschillen: eisVerschil(verschillen(was, wordt)),
          gevolgen: gevolgen(was, wordt),
          ...(wordt.geldigTot !== null &&
            was.geldigTot !== wordt.geldigTot && { gevaar: 'Hiermee eindigt deze organisatie.' }),
          knop: 'Gegevens wijzigen',
        };
      },
      async doe(verzoek, f) {
        const { code } = await kaartVan(verzoek);
        await bewaar(verzoek, code, f);
        return { naar: `${ORGANISATIES.pad}/${code}`, melding: { soort: 'ok', tekst: 'De gegevens zijn gewijzigd.' } };
      },
    }),
  ];
}
