/** Figures of the chain: what there is, the figures themselves as JSON or CSV, and who lets whose figures be seen together. */
import type { z } from 'zod';
import { KnooppuntFout } from '../../fouten.ts';
import { alsCsv } from '../../ketendata/inzicht/csv.ts';
import { vraagCijfers } from '../../ketendata/inzicht/opvragen.ts';
import type { Indicator } from '../../ketendata/inzicht/regels/indicator.ts';
import { INDICATOREN, indicatorVan } from '../../ketendata/inzicht/regels/indicatoren.ts';
import { soortenVan, type Vraag } from '../../ketendata/inzicht/regels/vraag.ts';
import { laatsteGesloten, maandagVan, plusWeken, type Weken, zondagVan } from '../../ketendata/inzicht/regels/weken.ts';
import {
  bewaarVerband,
  geefMandaat,
  leesMandaten,
  leesVerbanden,
  trekMandaatIn,
} from '../../ketendata/inzicht/verbanden.ts';
import { DOMEINEN } from '../../standards/catalogus.ts';
import { datum } from '../../tijd.ts';
import { eisBeheerder, eisBevoegd } from '../../toegang/bevoegdheid.ts';
import * as vorm from '../ketendata-schemas.ts';
import type { Omgeving } from '../omgeving.ts';
import { type Route, route } from '../route.ts';
import { Beeindiging } from '../routering-schemas.ts';

const PAD = '/v1/ketendata';
const MANDATEN = '/v1/organisaties/{code}/ketendatamandaten';
const VERBANDEN = '/v1/beheer/samenwerkingsverbanden';
/** Without a period: a quarter of a year. */
const STANDAARD_WEKEN = 13;

type Nodig = Pick<Omgeving, 'database' | 'routering'>;

function gekozen({ indicator, splitsing, weergave }: z.infer<typeof vorm.CijferVraag>): readonly Indicator[] {
  if (indicator === undefined)
    return INDICATOREN.filter(
      ({ landelijk, perCode }) =>
        (weergave !== 'landelijk' || landelijk !== undefined) && (splitsing !== 'code' || perCode === true),
    );
  return indicator.split(',').map((id) => {
    const gevonden = indicatorVan(id);
    if (!gevonden) throw new KnooppuntFout('invoerOngeldig', 'Een van deze indicatoren is er niet.');
    return gevonden;
  });
}

function vraagVan(invoer: z.infer<typeof vorm.CijferVraag>, nu: Date): Vraag {
  const { weergave, code, vanaf, tot, vergelijk, splitsing, domein, berichtsoort, richting, release, tegenpartij } =
    invoer;
  const laatste = tot === undefined ? laatsteGesloten(datum(nu)) : maandagVan(tot);
  const eerste = vanaf === undefined ? plusWeken(laatste, 1 - STANDAARD_WEKEN) : maandagVan(vanaf);
  return {
    weergave,
    code,
    weken: { eerste, laatste },
    vergelijk,
    indicatoren: gekozen(invoer),
    splitsing,
    filter: {
      domeinen: domein === undefined ? DOMEINEN : [domein],
      berichtsoorten: soortenVan(berichtsoort, richting),
      releases: release === undefined ? undefined : [release],
      tegenpartij,
    },
  };
}

const dagen = ({ eerste, laatste }: Weken) => ({ vanaf: eerste, tot: zondagVan(laatste) });

const cijferRoutes = (omgeving: Nodig): readonly Route[] => [
  route({
    methode: 'get',
    pad: `${PAD}/indicatoren`,
    id: 'leesIndicatoren',
    samenvatting: 'Welke cijfers er zijn, en wat zij betekenen',
    antwoord: { status: 200, schema: vorm.Indicatoren, uitleg: 'Alle indicatoren' },
    async voer() {
      const indicatoren = INDICATOREN.map(({ id, thema, titel, uitleg, eenheid, beter, perCode, landelijk }) => {
        const soort = { perCode: perCode === true, landelijk: landelijk !== undefined };
        return { id, thema, titel, uitleg, eenheid, beter, ...soort };
      });
      return { status: 200, lijf: { indicatoren } };
    },
  }),
  route({
    methode: 'get',
    pad: `${PAD}/cijfers`,
    id: 'leesKetencijfers',
    samenvatting: 'Cijfers van een gemeente, een aanbieder, een samenwerkingsverband of van alle samen, per hele week',
    vraagSchema: vorm.CijferVraag,
    antwoord: { status: 200, schema: vorm.Cijfers, ookTypen: ['text/csv'], uitleg: 'De cijfers; ook als CSV' },
    async voer({ client, vraag, req, res }) {
      const nu = new Date();
      const antwoord = await vraagCijfers(omgeving, client, vraagVan(vraag, nu), nu);
      const soort = vraag.vorm ?? (req.accepts(['json', 'csv']) || 'json');
      res.vary('Accept');
      if (soort === 'csv') {
        const bestand = 'attachment; filename="ketencijfers.csv"';
        res
          .status(200)
          .set({ 'Content-Type': 'text/csv; charset=utf-8; header=present', 'Content-Disposition': bestand })
          .end(alsCsv(antwoord, zondagVan));
        return undefined;
      }
      const { weken, vergelijking, cijfers } = antwoord;
      const kern = { weergave: vraag.weergave, code: vraag.code, periode: dagen(weken) };
      return { status: 200, lijf: { ...kern, vergelijking: vergelijking && dagen(vergelijking), cijfers } };
    },
  }),
];

const mandaatRoutes = ({ database }: Nodig): readonly Route[] => [
  route({
    methode: 'get',
    pad: MANDATEN,
    id: 'leesKetendatamandaten',
    samenvatting: 'Aan welke samenwerkingsverbanden deze gemeente haar cijfers laat meetellen, ook wat voorbij is',
    padSchema: vorm.GemeentePad,
    antwoord: { status: 200, schema: vorm.Mandaten, uitleg: 'De mandaten' },
    async voer({ client, pad }) {
      eisBevoegd(client, 'mandaat lezen', pad.code);
      return { status: 200, lijf: { mandaten: await leesMandaten(database.pool, { gemeente: pad.code }) } };
    },
  }),
  route({
    methode: 'post',
    pad: MANDATEN,
    id: 'geefKetendatamandaat',
    samenvatting: 'Laat de cijfers van deze gemeente meetellen in een samenwerkingsverband',
    padSchema: vorm.GemeentePad,
    inhoudSchema: vorm.MandaatVerzoek,
    antwoord: { status: 201, schema: vorm.Mandaat, uitleg: 'Het mandaat' },
    async voer({ client, pad, inhoud: { reden, ...mandaat } }) {
      eisBevoegd(client, 'mandaat wijzigen', pad.code);
      const lijf = await geefMandaat(database, { actor: client.id, reden }, { ...mandaat, gemeente: pad.code });
      return { status: 201, lijf };
    },
  }),
  route({
    methode: 'post',
    pad: `${MANDATEN}/{nummer}/intrekking`,
    id: 'trekKetendatamandaatIn',
    samenvatting: 'Trek een mandaat in: vanaf nu telt geen enkel cijfer ervan nog mee',
    padSchema: vorm.MandaatPad,
    inhoudSchema: Beeindiging,
    antwoord: { status: 200, schema: vorm.Mandaat, uitleg: 'Het mandaat zoals het nu is' },
    async voer({ client, pad, inhoud: { reden } }) {
      eisBevoegd(client, 'mandaat wijzigen', pad.code);
      const lijf = await trekMandaatIn(database, { actor: client.id, reden }, pad.nummer, pad.code);
      if (!lijf) throw new KnooppuntFout('nietGevonden', 'Er is geen mandaat met dit nummer dat nog geldt.');
      return { status: 200, lijf };
    },
  }),
];

const verbandRoutes = ({ database }: Nodig): readonly Route[] => [
  route({
    methode: 'get',
    pad: VERBANDEN,
    id: 'leesSamenwerkingsverbanden',
    samenvatting: 'De samenwerkingsverbanden van gemeenten',
    antwoord: { status: 200, schema: vorm.Verbanden, uitleg: 'Op volgorde van hun code' },
    async voer({ client }) {
      eisBeheerder(client);
      return { status: 200, lijf: { samenwerkingsverbanden: await leesVerbanden(database) } };
    },
  }),
  route({
    methode: 'put',
    pad: `${VERBANDEN}/{code}`,
    id: 'wijzigSamenwerkingsverband',
    samenvatting:
      'Maak een samenwerkingsverband, of geef het een andere naam; gemeenten doen mee door een mandaat te geven',
    padSchema: vorm.VerbandPad,
    inhoudSchema: vorm.VerbandWijziging,
    antwoord: { status: 200, schema: vorm.Verband, uitleg: 'Het samenwerkingsverband' },
    async voer({ client, pad, inhoud: { reden, naam } }) {
      eisBeheerder(client);
      const lijf = await bewaarVerband(database, { actor: client.id, reden }, { code: pad.code, naam });
      return { status: 200, lijf };
    },
  }),
];

/** @returns the routes of the figures, and of who may see them together */
export const ketendataRoutes = (omgeving: Nodig): readonly Route[] => [
  ...cijferRoutes(omgeving),
  ...mandaatRoutes(omgeving),
  ...verbandRoutes(omgeving),
];
