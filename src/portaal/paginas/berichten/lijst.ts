/** Searching one's own messages: by fields in the address, or by BSN in a form that leaves no trace of it. */

import { z } from 'zod';
import type { Omgeving } from '../../../http/omgeving.ts';
import { zichtVan } from '../../../http/zicht.ts';
import { leesCursor, schrijfCursor } from '../../../http/zoekcursor.ts';
import { isUuid } from '../../../identiteit.ts';
import { plusDagen } from '../../../koppeling/kalender.ts';
import { schrijfLogboek } from '../../../logboek/logboek.ts';
import { pseudoniem } from '../../../opslag/versleuteling.ts';
import { leesNamen } from '../../../routering/namen.ts';
import { isBsn } from '../../../standards/bsn.ts';
import { BERICHTSOORTEN, berichtsoortVanCode } from '../../../standards/catalogus.ts';
import { beginVanDag } from '../../../tijd.ts';
import type { Gebruiker } from '../../../toegang/gebruikers/types.ts';
import { TOESTANDEN } from '../../../toestanden.ts';
import type { BerichtStand } from '../../../verwerking/stand.ts';
import { zoekBerichten } from '../../../verwerking/zoeken.ts';
import type { Zoekvraag } from '../../../verwerking/zoekvraag.ts';
import { type Html, html } from '../../html.ts';
import {
  bladeren,
  formulier,
  foutenoverzicht,
  inleiding,
  keuzelijst,
  knop,
  knoppen,
  knopVerwijzing,
  leeg,
  tabel,
  tekstveld,
  uitklap,
  verwijzing,
  zoekformulier,
} from '../../onderdelen.ts';
import { tijd } from '../../opmaak.ts';
import { type Pagina, type Paginaverzoek, pagina, type Scherm } from '../../pagina.ts';
import { vraagveld } from '../../vraagveld.ts';
import { naamVanSoort, organisatie, STATUSWOORDEN, standmerk } from '../../woorden.ts';
import { berichtbladen } from './openstaand.ts';
import { magSoort } from './soorten.ts';

const AANTAL = 50;
const PAD = '/portaal/berichten';

const Vraag = z.object({
  soort: vraagveld(z.string().regex(/^[A-Za-z0-9-]{1,20}$/)),
  wederpartij: vraagveld(
    z
      .string()
      .trim()
      .regex(/^([0-9]{4}|[0-9]{8})$/),
  ),
  status: vraagveld(z.enum(TOESTANDEN)),
  vanaf: vraagveld(z.iso.date()),
  tot: vraagveld(z.iso.date()),
  kenmerk: vraagveld(z.string().trim().max(40)),
  na: vraagveld(z.string().max(200)),
});
type Vraag = z.infer<typeof Vraag>;

const BsnFormulier = z.object({
  bsn: z.string().trim().refine(isBsn, 'Dit is geen bestaand burgerservicenummer. Vul negen cijfers in.'),
});

/** The last day is meant whole. */
const naDag = (dag: string): Date => beginVanDag(plusDagen(dag, 1));

const alsZoekvraag = (gebruiker: Gebruiker, vraag: Vraag): Zoekvraag => {
  const isReferentie = vraag.kenmerk !== undefined && isUuid(vraag.kenmerk.toLowerCase());
  return {
    ...zichtVan(gebruiker.client),
    aantal: AANTAL,
    berichtsoort: vraag.soort,
    wederpartij: vraag.wederpartij,
    status: vraag.status,
    vanaf: vraag.vanaf === undefined ? undefined : beginVanDag(vraag.vanaf),
    tot: vraag.tot === undefined ? undefined : naDag(vraag.tot),
    referentienummer: isReferentie ? vraag.kenmerk?.toLowerCase() : undefined,
    identificatie: isReferentie ? undefined : vraag.kenmerk,
    na: leesCursor(vraag.na),
  };
};

/** Addresses of this search, with another place to go on from. */
function adres(vraag: Vraag, na: string | undefined): string {
  const { na: _, ...rest } = vraag;
  const velden = Object.entries({ ...rest, na }).filter((paar): paar is [string, string] => paar[1] !== undefined);
  return velden.length === 0 ? PAD : `${PAD}?${new URLSearchParams(velden)}`;
}

/** Who is on the other side, as seen from this person. */
const ander = ({ client }: Gebruiker, { afzender, ontvanger }: BerichtStand): string =>
  client.namens.has(afzender) || client.machtigingen?.has(afzender) ? ontvanger : afzender;
const isUit = ({ client }: Gebruiker, { afzender }: BerichtStand): boolean =>
  client.namens.has(afzender) || client.machtigingen?.has(afzender) === true;

const berichtentabel = (
  gebruiker: Gebruiker,
  rijen: readonly BerichtStand[],
  namen: ReadonlyMap<string, string>,
): Html =>
  tabel({
    titel: 'Gevonden berichten, nieuwste eerst',
    titelVerborgen: true,
    rijen,
    kolommen: [
      {
        kop: 'Bericht',
        rijkop: true,
        cel: (rij) =>
          // What is no message of the norm has a name, and no number.
          berichtsoortVanCode(rij.berichtsoort)
            ? html`${verwijzing(`${PAD}/${rij.berichtId}`, rij.berichtsoort)}<br><span class="kp-zacht">${naamVanSoort(rij.berichtsoort)}</span>`
            : verwijzing(`${PAD}/${rij.berichtId}`, naamVanSoort(rij.berichtsoort)),
      },
      { kop: 'Richting', cel: (rij) => (isUit(gebruiker, rij) ? 'Verstuurd aan' : 'Ontvangen van') },
      { kop: 'Organisatie', cel: (rij) => organisatie(ander(gebruiker, rij), namen) },
      { kop: 'Datum', cel: (rij) => tijd(rij.ontvangenOp) },
      { kop: 'Stand', cel: (rij) => standmerk(rij.status, rij.bezorging) },
    ],
  });

const filter = (vraag: Vraag): Html =>
  zoekformulier(
    PAD,
    keuzelijst({
      naam: 'soort',
      label: 'Soort',
      waarde: vraag.soort,
      leegste: 'Alle soorten',
      keuzes: [
        ...BERICHTSOORTEN.map(({ code, naam }) => ({ waarde: code, tekst: `${code} ${naam}` })),
        { waarde: 'Fo01', tekst: 'Foutbericht (Fo01)' },
      ],
    }),
    keuzelijst({
      naam: 'status',
      label: 'Stand',
      waarde: vraag.status,
      leegste: 'Alle',
      keuzes: STATUSWOORDEN.map(([waarde, tekst]) => ({ waarde, tekst })),
    }),
    tekstveld({
      naam: 'wederpartij',
      label: 'Andere organisatie (code)',
      waarde: vraag.wederpartij,
      breedte: 10,
      maxlengte: 8,
      inputmode: 'numeric',
    }),
    tekstveld({ naam: 'vanaf', label: 'Vanaf', type: 'date', waarde: vraag.vanaf, breedte: 12 }),
    tekstveld({ naam: 'tot', label: 'Tot en met', type: 'date', waarde: vraag.tot, breedte: 12 }),
    tekstveld({
      naam: 'kenmerk',
      label: 'Referentienummer of identificatie',
      waarde: vraag.kenmerk,
      breedte: 28,
      maxlengte: 40,
    }),
    knop('Zoeken', { soort: 'secondary' }),
  );

const opBsn = ({ sessie, veldfouten }: Paginaverzoek): Html => {
  const invoer = formulier(
    { sessie, naar: `${PAD}/bsn` },
    // What was filled in is not shown again: the page would hold it.
    tekstveld({
      naam: 'bsn',
      label: 'Burgerservicenummer',
      verplicht: true,
      veldfouten,
      breedte: 12,
      maxlengte: 9,
      inputmode: 'numeric',
      uitleg: 'Elke zoekopdracht met een BSN komt in het logboek.',
    }),
    knoppen(knop('Zoek op BSN', { soort: 'secondary' })),
  );
  return veldfouten.size > 0
    ? html`${foutenoverzicht(veldfouten)}${invoer}`
    : uitklap('Zoeken op burgerservicenummer', invoer);
};

async function toon(omgeving: Omgeving, verzoek: Paginaverzoek, vraag: Vraag, betrokkene?: Buffer): Promise<Scherm> {
  const { gebruiker } = verzoek;
  const gevonden = await zoekBerichten(omgeving.database, { ...alsZoekvraag(gebruiker, vraag), betrokkene });
  const rijen = gevonden.berichten.filter(({ berichtsoort }) => magSoort(gebruiker, berichtsoort));
  if (betrokkene)
    await schrijfLogboek(omgeving.database.pool, [
      {
        gebeurtenis: 'berichten gezocht',
        actor: gebruiker.client.id,
        namens: gebruiker.organisatie,
        resultaat: rijen.length > 0 ? 'gevonden' : 'niets gevonden',
        berichtId: null,
        betrokkenen: [betrokkene],
        details: { aantal: rijen.length },
      },
    ]);
  const namen = await leesNamen(
    omgeving.database.pool,
    rijen.flatMap(({ afzender, ontvanger }) => [afzender, ontvanger]),
  );
  const volgende = gevonden.volgende && !betrokkene ? adres(vraag, schrijfCursor(gevonden.volgende)) : null;
  const niets =
    vraag.vanaf || vraag.tot || vraag.soort || vraag.kenmerk || vraag.status || vraag.wederpartij || betrokkene
      ? leeg(
          'Geen berichten gevonden',
          'Kies een andere periode of laat een veld leeg.',
          knopVerwijzing(PAD, 'Alle berichten', { soort: 'secondary' }),
        )
      : leeg(
          'Er zijn nog geen berichten',
          'Zodra u een bericht aanlevert of ontvangt, staat het hier.',
          knopVerwijzing('/portaal/aanleveren', 'Bericht aanleveren'),
        );
  return {
    titel: betrokkene ? 'Berichten over één persoon' : 'Berichten',
    breed: true,
    ...(betrokkene && { kruimels: [{ naam: 'Berichten', pad: PAD }] }),
    inhoud: html`
${betrokkene ? null : berichtbladen('alle')}
${inleiding('Alle berichten die uw organisatie verstuurde en ontving. Kies een bericht om te zien waar het is en wat er nog moet gebeuren.')}
${betrokkene ? null : filter(vraag)}
${opBsn(verzoek)}
${rijen.length > 0 ? berichtentabel(gebruiker, rijen, namen) : niets}
${bladeren(vraag.na ? adres(vraag, undefined) : null, volgende)}
${betrokkene && gevonden.volgende ? html`<p class="nl-paragraph">Dit zijn de nieuwste ${rijen.length} berichten.</p>` : null}`,
  };
}

const LEEG = Vraag.parse({});

export const lijstPaginas = (omgeving: Omgeving): readonly Pagina[] => [
  pagina({
    methode: 'get',
    pad: '/berichten',
    id: 'berichten',
    toegang: 'berichten',
    vraagSchema: Vraag,
    voer: (verzoek) => toon(omgeving, verzoek, verzoek.vraag),
  }),
  pagina({
    methode: 'post',
    pad: '/berichten/bsn',
    id: 'berichtenOpBsn',
    toegang: 'berichten',
    formulierSchema: BsnFormulier,
    async voer(verzoek) {
      const { formulier: gevraagd } = verzoek;
      if (!gevraagd) return { ...(await toon(omgeving, verzoek as Paginaverzoek, LEEG)), status: 400 };
      return toon(omgeving, verzoek as Paginaverzoek, LEEG, pseudoniem(omgeving.sleutels, gevraagd.bsn));
    },
  }),
  // Whoever reloads the answer to a search by BSN, or comes back to it, starts anew.
  pagina({
    methode: 'get',
    pad: '/berichten/bsn',
    id: 'berichtenOpBsnOpnieuw',
    toegang: 'berichten',
    voer: async () => ({ naar: PAD }),
  }),
];
