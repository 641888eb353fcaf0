/** The dashboard in the portal: an overview and a page per subject, for whoever may see figures; and what is on a page as CSV. */
import type { Omgeving } from '../../../http/omgeving.ts';
import { type Blik, blikkenVoor, type Stand, standVan } from '../../../ketendata/inzicht/blikken.ts';
import { alsCsv } from '../../../ketendata/inzicht/csv.ts';
import { vraagCijfers } from '../../../ketendata/inzicht/opvragen.ts';
import { RIJP_WEKEN } from '../../../ketendata/inzicht/publicatie.ts';
import { MIN_AANTAL, MIN_ORGANISATIES } from '../../../ketendata/inzicht/regels/onderdruk.ts';
import { MIN_GEMEENTEN } from '../../../ketendata/inzicht/regels/samenwerking.ts';
import { aantalWeken, vergelijkingVan, zondagVan } from '../../../ketendata/inzicht/regels/weken.ts';
import { leesNamen } from '../../../routering/namen.ts';
import type { Client } from '../../../toegang/clients.ts';
import { type Html, html } from '../../html.ts';
import { alinea, inleiding, leeg, melding, raster, tabbladen, verwijzing } from '../../onderdelen.ts';
import { tijd } from '../../opmaak.ts';
import { type Pagina, type Paginaverzoek, pagina, type Uitkomst } from '../../pagina.ts';
import { magOpenen } from '../../toegang.ts';
import { BLADEN, type Blad, type Blok } from './bladen.ts';
import { begrippen, codeblok, dagenblok, tabelblok } from './delen.ts';
import { type Doek, heeft } from './doek.ts';
import { kernblok, normblok } from './kern.ts';
import { adres, filterformulier, type Ingevuld, type Keuze, keuzeVan, PAD, Vraag } from './keuze.ts';
import { lijnblok, staafblok } from './verloop.ts';
import { periodeKort, periodeTekst, weekLang } from './waarde.ts';

type Nodig = Pick<Omgeving, 'database' | 'routering'>;

const padVan = ({ pad }: Blad): string => (pad === '' ? PAD : `${PAD}/${pad}`);

function teken(blok: Blok, doek: Doek): Promise<Html | null> {
  switch (blok.soort) {
    case 'kern':
      return kernblok(blok, doek);
    case 'lijn':
      return lijnblok(blok, doek);
    case 'staaf':
      return staafblok(blok, doek);
    case 'tabel':
      return tabelblok(blok, doek);
    case 'codes':
      return codeblok(blok, doek);
    case 'normen':
      return normblok(blok, doek);
    case 'dagen':
      return dagenblok(blok, doek);
  }
}

function maakDoek(omgeving: Nodig, client: Client, keuze: Keuze, naarBerichten: boolean, nu: Date): Doek {
  const { blik, weken, filter } = keuze;
  return {
    keuze,
    landelijk: blik.weergave === 'landelijk',
    namen: (codes) => leesNamen(omgeving.database.pool, codes),
    naarBerichten: naarBerichten && (blik.weergave === 'gemeente' || blik.weergave === 'aanbieder'),
    vraag: (indicatoren, splitsing, anders, vergelijken = false) =>
      vraagCijfers(
        omgeving,
        client,
        {
          ...{ weergave: blik.weergave, code: blik.code, weken, indicatoren, splitsing },
          filter: { ...filter, ...anders },
          vergelijk: vergelijken ? keuze.vergelijk : undefined,
        },
        nu,
      ),
  };
}

const VOETNOOT: Readonly<Partial<Record<Blik['weergave'], string>>> = {
  landelijk: `Landelijke cijfers verschijnen per vier weken, ${RIJP_WEKEN} weken na afloop, en veranderen daarna niet meer. Een onderdeel met minder dan ${MIN_AANTAL} berichten, of van minder dan ${MIN_ORGANISATIES} gemeenten of aanbieders, laten we weg en telt nergens in mee. Staat er ‘te weinig gegevens’, dan is dat de reden.`,
  samenwerking: `De cijfers zijn de som van de gemeenten die daarvoor een mandaat hebben gegeven. Een week met minder dan ${MIN_GEMEENTEN} gemeenten telt niet mee.`,
};

/** What the figures are of, and how fresh. */
function herkomst({ weken, blik }: Keuze, { sinds, bijgewerktOp }: Stand): Html {
  return html`${alinea(
    html`<strong>${blik.naam}</strong>, ${periodeTekst(weken)}. `,
    sinds === null ? null : html`Gemeten sinds ${weekLang(sinds)}. `,
    bijgewerktOp === null || blik.weergave === 'landelijk' ? null : html`Bijgewerkt op ${tijd(bijgewerktOp)}.`,
  )}${VOETNOOT[blik.weergave] === undefined ? null : melding('info', blik.weergave === 'landelijk' ? 'Hoe deze cijfers tot stand komen' : 'Van wie deze cijfers zijn', VOETNOOT[blik.weergave])}`;
}

/** Which part of the period to compare with was measured; 1: all of it. */
function gemetenDeel({ weken, vergelijk }: Keuze, { sinds }: Stand): number {
  if (vergelijk === undefined || sinds === null) return 1;
  const { eerste, laatste } = vergelijkingVan(weken, vergelijk);
  if (sinds <= eerste) return 1;
  return sinds > laatste ? 0 : aantalWeken({ eerste: sinds, laatste }) / aantalWeken({ eerste, laatste });
}
/** Of a period of which less was measured, every figure would seem to have grown. */
const VERGELIJKBAAR = 0.75;

const overVergelijking = (deel: number, { sinds }: Stand): Html | null => {
  if (deel === 1 || sinds === null) return null;
  return alinea(
    deel >= VERGELIJKBAAR
      ? `Let op bij het vergelijken: er is pas gemeten vanaf ${weekLang(sinds)}, dus van de eerdere periode ontbreekt een deel.`
      : `Er staat geen vergelijking bij: er is pas gemeten vanaf ${weekLang(sinds)}.`,
  );
};

const idsVan = ({ blokken }: Blad): readonly string[] => [
  ...new Set(
    blokken.flatMap((blok): readonly string[] => {
      if ('ids' in blok) return blok.ids;
      if (blok.soort === 'staaf') return blok.delen.map(({ id }) => id);
      if (blok.soort === 'normen') return blok.normen.map((norm) => `${norm}-op-tijd`);
      return blok.soort === 'codes' ? [blok.id] : [];
    }),
  ),
];

const GEEN_CIJFERS = leeg(
  'Er zijn geen cijfers in deze periode',
  'Kies een andere periode of haal filters weg. Cijfers verschijnen enkele tellen nadat een bericht is verwerkt; hele weken tellen mee.',
);
const GEEN_PUBLICATIE = leeg(
  'Er zijn nog geen landelijke cijfers van deze periode',
  'Landelijke cijfers verschijnen enkele weken na afloop. Kies een langere of eerdere periode.',
);

/** Charts and small tables beside each other where there is room; what needs the width has a row of its own. */
const isBreed = (blok: Blok): boolean =>
  blok.soort === 'kern' || blok.soort === 'normen' || (blok.soort === 'tabel' && !blok.half);

function schik({ blokken }: Blad, getekend: readonly (Html | null)[]): readonly Html[] {
  const rijen: Html[] = [];
  let naast: Html[] = [];
  const sluit = (): void => {
    if (naast.length > 0) rijen.push(naast.length === 1 ? (naast[0] as Html) : raster(naast));
    naast = [];
  };
  blokken.forEach((blok, nr) => {
    const deel = getekend[nr];
    if (!deel) return;
    if (isBreed(blok)) {
      sluit();
      rijen.push(deel);
    } else naast.push(deel);
  });
  sluit();
  return rijen;
}

/** Subjects of which there is something to show in this view. */
const bladenVoor = (doek: Doek): readonly Blad[] =>
  BLADEN.filter((blad) => blad.nietVan !== doek.keuze.blik.weergave && heeft(doek, idsVan(blad)).length > 0);

const nietHier = ({ keuze, landelijk }: Doek): Html =>
  leeg(
    landelijk ? 'Van dit onderwerp zijn er geen landelijke cijfers' : 'Van dit onderwerp zijn er geen cijfers voor u',
    landelijk
      ? 'De aantallen zijn per onderdeel te klein om te laten zien.'
      : 'Deze cijfers gaan over gemeenten, niet over aanbieders.',
    verwijzing(adres(PAD, keuze.ingevuld), 'Naar het overzicht'),
  );

async function toon(omgeving: Nodig, blad: Blad, verzoek: Paginaverzoek<Ingevuld>): Promise<Uitkomst> {
  const nu = new Date();
  const { ketendataClient: client } = verzoek.gebruiker;
  const [eerste, ...rest] = client ? await blikkenVoor(omgeving.database, client, nu) : [];
  if (!client || !eerste)
    return {
      titel: 'Ketendata',
      inhoud: leeg('Voor uw organisatie zijn er geen cijfers', 'Vraag uw gebruikersbeheerder om toegang.'),
    };
  const blikken = [eerste, ...rest] as const;
  const gekozen = keuzeVan(verzoek.vraag, blikken, nu);
  const stand = await standVan(omgeving.database, gekozen.blik);
  const deel = gemetenDeel(gekozen, stand);
  const keuze = deel >= VERGELIJKBAAR ? gekozen : { ...gekozen, vergelijk: undefined };
  const doek = maakDoek(omgeving, client, keuze, magOpenen(verzoek.gebruiker, 'berichten'), nu);
  const getekend = await Promise.all(blad.blokken.map((blok) => teken(blok, doek)));
  const inhoud = schik(blad, getekend);
  const bladen = bladenVoor(doek);
  const past = bladen.includes(blad);
  const alleenKern = blad.blokken.every(({ soort }, nr) => soort === 'kern' || getekend[nr] === null);
  const niets = alleenKern && blad.blokken.some(({ soort }) => soort !== 'kern');
  return {
    titel: blad.pad === '' ? 'Ketendata' : blad.naam,
    breed: true,
    ...(blad.pad !== '' && { kruimels: [{ naam: 'Ketendata', pad: adres(PAD, keuze.ingevuld) }] }),
    inhoud: html`
${inleiding(blad.inleiding)}
${tabbladen(
  'Onderwerpen',
  adres(padVan(blad), keuze.ingevuld),
  bladen.map((een) => ({ naam: een.naam, pad: adres(padVan(een), keuze.ingevuld) })),
)}
${filterformulier(padVan(blad), gekozen, blikken)}
${herkomst(keuze, stand)}
${overVergelijking(deel, stand)}
${past ? null : nietHier(doek)}
${past && niets ? (doek.landelijk ? GEEN_PUBLICATIE : GEEN_CIJFERS) : null}
${past ? inhoud : null}
${past ? begrippen(heeft(doek, idsVan(blad)).map(({ id }) => id)) : null}
${past && alinea(verwijzing(adres(`${PAD}/csv`, keuze.ingevuld, { blad: blad.pad }), `Download de cijfers van deze pagina (CSV, ${periodeKort(keuze.weken)})`))}`,
  };
}

const Exportvraag = Vraag.extend({ blad: Vraag.shape.van });

/** The figures of a page, per week. */
async function exporteer(
  omgeving: Nodig,
  { gebruiker, vraag, res }: Paginaverzoek<Ingevuld & { readonly blad?: string | undefined }>,
): Promise<Uitkomst> {
  const nu = new Date();
  const { ketendataClient: client } = gebruiker;
  const [eerste, ...rest] = client ? await blikkenVoor(omgeving.database, client, nu) : [];
  if (!client || !eerste) return { naar: PAD };
  const blad = BLADEN.find(({ pad }) => pad === (vraag.blad ?? '')) ?? BLADEN[0];
  const { blad: _, ...ingevuld } = vraag;
  const doek = maakDoek(omgeving, client, keuzeVan(ingevuld, [eerste, ...rest], nu), false, nu);
  const antwoord = await doek.vraag(heeft(doek, blad ? idsVan(blad) : []), 'week');
  res
    .status(200)
    .set({
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="ketendata-${blad?.pad || 'overzicht'}.csv"`,
    })
    .end(alsCsv(antwoord, zondagVan));
  return undefined;
}

export const ketendataPaginas = (omgeving: Nodig): readonly Pagina[] => [
  ...BLADEN.map((blad) =>
    pagina({
      methode: 'get',
      pad: padVan(blad).replace('/portaal', ''),
      id: blad.pad === '' ? 'ketendata' : `ketendata-${blad.pad}`,
      toegang: 'ketendata',
      vraagSchema: Vraag,
      voer: (verzoek) => toon(omgeving, blad, verzoek),
    }),
  ),
  pagina({
    methode: 'get',
    pad: '/ketendata/csv',
    id: 'ketendata-csv',
    toegang: 'ketendata',
    vraagSchema: Exportvraag,
    voer: (verzoek) => exporteer(omgeving, verzoek),
  }),
];
