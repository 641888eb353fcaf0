/** Every answer that is due: what one must give, and what one waits for; the oldest first. */
import { z } from 'zod';
import type { Omgeving } from '../../../http/omgeving.ts';
import { leesCursor, schrijfCursor } from '../../../http/openstaandcursor.ts';
import { belangen } from '../../../http/zicht.ts';
import { laadKalender } from '../../../koppeling/feestdagen.ts';
import { type Openstaand, RICHTINGEN, type Richting, zoekOpenstaand } from '../../../koppeling/openstaand.ts';
import { leesNamen } from '../../../routering/namen.ts';
import { BERICHTSOORTEN } from '../../../standards/catalogus.ts';
import { type Deel, type Html, html } from '../../html.ts';
import {
  alinea,
  bladeren,
  inleiding,
  keuzelijst,
  knop,
  leeg,
  merk,
  tabbladen,
  tabel,
  tekstveld,
  verwijzing,
  zoekformulier,
} from '../../onderdelen.ts';
import { datumKort, tijd, werkdagen } from '../../opmaak.ts';
import { type Pagina, pagina } from '../../pagina.ts';
import { vraagveld } from '../../vraagveld.ts';
import { organisatie, soortVoluit } from '../../woorden.ts';

const PAD = '/portaal/berichten/openstaand';
const AANTAL = 50;
const TOON = ['te-laat', 'op-tijd'] as const;

const Vraag = z.object({
  richting: vraagveld(z.enum(RICHTINGEN)),
  toon: vraagveld(z.enum(TOON)),
  soort: vraagveld(z.string().regex(/^(?:WMO|JW)\d{3}$/)),
  wederpartij: vraagveld(
    z
      .string()
      .trim()
      .regex(/^(?:\d{4}|\d{8})$/),
  ),
  na: vraagveld(z.string().max(200)),
});
type Vraag = z.infer<typeof Vraag>;

/** Where the list is, for this side of it. */
export function openstaandPad(
  richting: Richting,
  anders: Partial<Record<keyof Vraag, string | undefined>> = {},
): string {
  const velden = Object.entries({ richting: richting === 'te-geven' ? undefined : richting, ...anders });
  const vraag = new URLSearchParams(velden.filter((paar): paar is [string, string] => paar[1] !== undefined));
  return vraag.size === 0 ? PAD : `${PAD}?${vraag}`;
}

/** The two lists of messages, above both of them. */
export const berichtbladen = (hier: 'alle' | Richting): Html => {
  const bladen = [
    { naam: 'Alle berichten', pad: '/portaal/berichten' },
    { naam: 'Door u te beantwoorden', pad: openstaandPad('te-geven') },
    { naam: 'U wacht op antwoord', pad: openstaandPad('te-krijgen') },
  ];
  return tabbladen('Overzichten van berichten', bladen[['alle', ...RICHTINGEN].indexOf(hier)]?.pad ?? '', bladen);
};

/** @param kort only what, how late and whose: where there is little room */
export const openstaandtabel = (
  titel: string,
  rijen: readonly Openstaand[],
  richting: Richting,
  namen: ReadonlyMap<string, string>,
  kort = false,
): Html => {
  const ander = ({ heenbericht }: Openstaand): string =>
    richting === 'te-geven' ? heenbericht.afzender : heenbericht.ontvanger;
  const meer: readonly { readonly kop: string; readonly cel: (rij: Openstaand) => Deel }[] = [
    { kop: 'Verwacht', cel: ({ antwoorden }) => antwoorden.join(' of ') },
    { kop: 'Bezorgd', cel: ({ heenbericht }) => tijd(heenbericht.bezorgdOp, datumKort) },
    { kop: 'Uiterlijk', cel: ({ uiterlijk }) => tijd(uiterlijk, datumKort) },
  ];
  return tabel({
    titel,
    titelVerborgen: true,
    rijen,
    kolommen: [
      {
        kop: 'Antwoord op',
        rijkop: true,
        cel: ({ heenbericht }) =>
          verwijzing(`/portaal/berichten/${heenbericht.berichtId}`, soortVoluit(heenbericht.berichtsoort)),
      },
      {
        kop: 'Termijn',
        cel: ({ werkdagenOver }) =>
          merk(werkdagen(werkdagenOver), werkdagenOver < 0 ? 'fout' : werkdagenOver <= 1 ? 'let-op' : 'neutraal'),
      },
      { kop: richting === 'te-geven' ? 'Van' : 'Aan', cel: (rij) => organisatie(ander(rij), namen) },
      ...(kort ? [] : meer),
    ],
  });
};

const UITLEG: Readonly<Record<Richting, Deel>> = {
  'te-geven': html`Op deze berichten moet uw organisatie nog antwoorden. Doe dat in uw eigen systeem, of lever het antwoord aan bij ${verwijzing('/portaal/aanleveren', 'Aanleveren')}.`,
  'te-krijgen':
    'Op deze berichten moet de ander nog antwoorden. Is de termijn voorbij? Neem dan contact op met die organisatie.',
};

const filter = (richting: Richting, { toon, soort, wederpartij }: Vraag): Html =>
  zoekformulier(
    PAD,
    html`<input type="hidden" name="richting" value="${richting}">`,
    keuzelijst({
      naam: 'toon',
      label: 'Termijn',
      waarde: toon,
      leegste: 'Alle',
      keuzes: [
        { waarde: 'te-laat', tekst: 'Te laat' },
        { waarde: 'op-tijd', tekst: 'Nog op tijd' },
      ],
    }),
    keuzelijst({
      naam: 'soort',
      label: 'Antwoord op',
      waarde: soort,
      leegste: 'Alle soorten',
      keuzes: BERICHTSOORTEN.filter(({ aard }) => aard === 'heen').map(({ code, naam }) => ({
        waarde: code,
        tekst: `${code} ${naam}`,
      })),
    }),
    tekstveld({
      naam: 'wederpartij',
      label: 'Andere organisatie (code)',
      waarde: wederpartij,
      breedte: 10,
      maxlengte: 8,
      inputmode: 'numeric',
    }),
    knop('Tonen', { soort: 'secondary' }),
  );

function niets(richting: Richting, { toon, soort, wederpartij }: Vraag): Html {
  if (toon || soort || wederpartij)
    return leeg(
      'Niets gevonden',
      'Laat een veld leeg om meer te zien.',
      verwijzing(openstaandPad(richting), 'Alles tonen'),
    );
  return richting === 'te-geven'
    ? leeg('U bent bij', 'Er is geen bericht waarop u nog moet antwoorden.')
    : leeg('Alles is beantwoord', 'Er is geen bericht waarop u nog antwoord verwacht.');
}

export function openstaandPaginas(omgeving: Omgeving): readonly Pagina[] {
  const kalender = laadKalender();
  return [
    pagina({
      methode: 'get',
      pad: '/berichten/openstaand',
      id: 'openstaand',
      toegang: 'berichten',
      vraagSchema: Vraag,
      async voer({ gebruiker, vraag }) {
        const { richting = 'te-geven' } = vraag;
        const { openstaand, volgende } = await zoekOpenstaand(
          omgeving.database,
          {
            voor: belangen(gebruiker.client),
            richting,
            overschreden: vraag.toon === undefined ? undefined : vraag.toon === 'te-laat',
            tegenpartij: vraag.wederpartij,
            berichtsoort: vraag.soort,
            aantal: AANTAL,
            na: leesCursor(vraag.na),
          },
          await kalender,
          new Date(),
        );
        const namen = await leesNamen(
          omgeving.database.pool,
          openstaand.flatMap(({ heenbericht }) => [heenbericht.afzender, heenbericht.ontvanger]),
        );
        const titel = richting === 'te-geven' ? 'Door u te beantwoorden' : 'U wacht op antwoord';
        const eerste = vraag.na === undefined ? null : openstaandPad(richting, { ...vraag, richting, na: undefined });
        const verder = volgende && openstaandPad(richting, { ...vraag, richting, na: schrijfCursor(volgende) });
        return {
          titel,
          breed: true,
          kruimels: [{ naam: 'Berichten', pad: '/portaal/berichten' }],
          inhoud: html`
${berichtbladen(richting)}
${inleiding(UITLEG[richting])}
${filter(richting, vraag)}
${openstaand.length > 0 ? openstaandtabel(`${titel}, oudste eerst`, openstaand, richting, namen) : niets(richting, vraag)}
${bladeren(eerste, verder)}
${alinea('De termijn begint op de dag waarop het bericht in de postbus van de ontvanger kwam. Werkdagen zijn maandag tot en met vrijdag, zonder de feestdagen.')}`,
        };
      },
    }),
  ];
}
