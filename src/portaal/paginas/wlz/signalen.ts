/** The signals of a gemeente: what waits for somebody first. Every look at them is in the log, as it is for the API. */
import { z } from 'zod';
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { leesCursor, schrijfCursor } from '../../../wlz-samenloop/signalen/cursor.ts';
import { eigenGemeenten } from '../../../wlz-samenloop/signalen/gemeenten.ts';
import { leesSignalen, type SignaalStand, telSignalen } from '../../../wlz-samenloop/signalen/lezen.ts';
import { SIGNAALTYPEN, type Signaaltype } from '../../../wlz-samenloop/signalen/regels/types.ts';
import { WORKFLOWSTANDEN, type Workflow } from '../../../wlz-samenloop/signalen/regels/workflow.ts';
import { leesLeveringen } from '../../../wlz-samenloop/wmo/levering.ts';
import { type Html, html } from '../../html.ts';
import {
  alinea,
  bladeren,
  inleiding,
  kerncijfers,
  keuzelijst,
  knop,
  knopVerwijzing,
  kop,
  leeg,
  merk,
  tabel,
  verwijzing,
  zoekformulier,
} from '../../onderdelen.ts';
import { datumKort, getal, tijd } from '../../opmaak.ts';
import { type Pagina, pagina, type Scherm } from '../../pagina.ts';
import { alleenGemeenten, type Gemeente, metNamen, WLZ, wlzClient } from './gemeenten.ts';
import { ADVIEZEN, bsnLeesbaar, categorieTekst, STANDEN, TYPEN, UITKOMSTWOORDEN } from './signaalwoorden.ts';

export const SIGNALEN = { naam: 'Wlz-signalen', pad: '/portaal/wlz/signalen' } as const;
const PER_PAGINA = 25;
/** Of what is to be done, so many at once: they are put in order here. */
const TE_DOEN = 100;

const Vraag = z.object({
  stand: z.enum(WORKFLOWSTANDEN).optional().catch(undefined),
  type: z.enum(SIGNAALTYPEN).optional().catch(undefined),
  na: z.string().max(200).optional().catch(undefined),
});
type Vraag = z.infer<typeof Vraag>;

/** What usually follows from the law first, and of those what runs longest. */
const naarUrgentie = (a: SignaalStand, b: SignaalStand): number =>
  Number(b.advies.klasse === 'VERWACHT') - Number(a.advies.klasse === 'VERWACHT') ||
  a.overlap.vanaf.localeCompare(b.overlap.vanaf);

export const overlapTekst = ({ vanaf, totEnMet }: SignaalStand['overlap']): string =>
  totEnMet === null ? `vanaf ${datumKort(vanaf)}` : `${datumKort(vanaf)} tot en met ${datumKort(totEnMet)}`;

const lijst = (titel: string, signalen: readonly SignaalStand[], gemeenten: readonly Gemeente[]): Html =>
  tabel<SignaalStand>({
    titel,
    titelVerborgen: true,
    rijen: signalen,
    kolommen: [
      {
        kop: 'Burgerservicenummer',
        rijkop: true,
        cel: ({ signaalId, bsn }) =>
          verwijzing(`${SIGNALEN.pad}/${signaalId}`, html`<span class="kp-heel">${bsnLeesbaar(bsn)}</span>`),
      },
      { kop: 'Signaal', cel: ({ type }) => merk(TYPEN[type].naam, TYPEN[type].toon) },
      { kop: 'Samenloop', cel: ({ overlap }) => overlapTekst(overlap) },
      { kop: 'Voorziening', cel: ({ productcategorie }) => categorieTekst(productcategorie) },
      { kop: 'Advies', cel: ({ advies: { klasse } }) => merk(ADVIEZEN[klasse].naam, ADVIEZEN[klasse].toon) },
      ...(gemeenten.length > 1
        ? [
            {
              kop: 'Gemeente',
              cel: ({ gemeentecode }: SignaalStand) =>
                gemeenten.find(({ code }) => code === gemeentecode)?.naam ?? gemeentecode,
            },
          ]
        : []),
      ...(signalen.some(({ uitkomst }) => uitkomst !== null)
        ? [
            {
              kop: 'Afloop',
              cel: ({ uitkomst }: SignaalStand) => (uitkomst === null ? '' : UITKOMSTWOORDEN[uitkomst].naam),
            },
          ]
        : []),
      { kop: 'Gemeld', cel: ({ aangemaaktOp }) => tijd(aangemaaktOp, datumKort) },
    ],
  });

const filter = ({ stand, type }: Vraag): Html =>
  zoekformulier(
    SIGNALEN.pad,
    keuzelijst({
      naam: 'stand',
      label: 'Stand',
      leegste: 'Nog te doen',
      waarde: stand,
      keuzes: WORKFLOWSTANDEN.map((waarde) => ({ waarde, tekst: STANDEN[waarde].naam })),
    }),
    keuzelijst({
      naam: 'type',
      label: 'Soort signaal',
      leegste: 'Alle soorten',
      waarde: type,
      keuzes: SIGNAALTYPEN.map((waarde) => ({ waarde, tekst: TYPEN[waarde].naam })),
    }),
    knop('Tonen', { soort: 'secondary' }),
  );

const adres = (vraag: Readonly<Record<string, string | undefined>>): string => {
  const velden = Object.entries(vraag).filter((veld): veld is [string, string] => veld[1] !== undefined);
  return velden.length === 0 ? SIGNALEN.pad : `${SIGNALEN.pad}?${new URLSearchParams(velden)}`;
};

export function signalenpagina({ database, sleutels, routering }: Omgeving): Pagina {
  const zoek =
    (actor: string, gemeenten: readonly Gemeente[]) =>
    (workflow: Workflow, type: Signaaltype | undefined, na: string | undefined, aantal: number) =>
      leesSignalen(database, sleutels, actor, {
        gemeenten: gemeenten.map(({ code }) => code),
        workflow,
        type,
        na: leesCursor(na),
        aantal,
      });
  type Zoek = ReturnType<typeof zoek>;

  /** Nothing to do can mean that all is done, or that nothing was ever delivered. */
  async function nietsTeDoen(gemeenten: readonly Gemeente[]): Promise<Html> {
    const leveringen = await Promise.all(gemeenten.map(({ code }) => leesLeveringen(database, code, 1)));
    return leveringen.flat().length === 0
      ? leeg(
          'Nog geen signalen',
          'Uw gemeente heeft nog geen inwoners aangeleverd. Zonder bestand kan het knooppunt niets vergelijken.',
          knopVerwijzing('/portaal/wlz/inwoners', 'Inwoners aanleveren'),
        )
      : leeg('Er is niets te doen', 'Alle signalen zijn afgehandeld. Verandert er iets, dan ziet u het hier.');
  }

  async function teDoen(zoekIn: Zoek, vraag: Vraag, gemeenten: readonly Gemeente[]): Promise<Html> {
    const [nieuw, bezig] = await Promise.all(
      (['nieuw', 'in_behandeling'] as const).map((stand) => zoekIn(stand, vraag.type, undefined, TE_DOEN)),
    );
    const groep = (stand: Workflow, gevonden: typeof nieuw): Html | null =>
      gevonden === undefined || gevonden.signalen.length === 0
        ? null
        : html`
${kop(2, STANDEN[stand].naam)}
${lijst(STANDEN[stand].naam, gevonden.signalen.toSorted(naarUrgentie), gemeenten)}
${gevonden.volgende ? alinea(verwijzing(adres({ stand, type: vraag.type }), `Alle signalen met deze stand`)) : null}`;
    const leegBlad = !nieuw?.signalen.length && !bezig?.signalen.length;
    return leegBlad ? await nietsTeDoen(gemeenten) : html`${groep('nieuw', nieuw)}${groep('in_behandeling', bezig)}`;
  }

  async function blad(zoekIn: Zoek, stand: Workflow, vraag: Vraag, gemeenten: readonly Gemeente[]): Promise<Html> {
    const { signalen, volgende } = await zoekIn(stand, vraag.type, vraag.na, PER_PAGINA);
    if (signalen.length === 0) return leeg('Geen signalen gevonden', 'Kies een andere stand of een andere soort.');
    return html`
${lijst(STANDEN[stand].naam, signalen, gemeenten)}
${bladeren(
  vraag.na === undefined ? null : adres({ stand, type: vraag.type }),
  volgende && adres({ stand, type: vraag.type, na: schrijfCursor(volgende) }),
)}`;
  }

  return pagina<Vraag>({
    methode: 'get',
    pad: '/wlz/signalen',
    id: 'wlz-signalen',
    toegang: 'wlz-signalen',
    vraagSchema: Vraag,
    async voer({ gebruiker, vraag }): Promise<Scherm> {
      const client = wlzClient(gebruiker);
      let codes: readonly string[];
      try {
        codes = eigenGemeenten(client, await routering.feiten());
      } catch (fout) {
        if (fout instanceof KnooppuntFout && fout.soort === 'signalenAlleenGemeenten')
          return alleenGemeenten(SIGNALEN.naam, gebruiker);
        throw fout;
      }
      const [gemeenten, aantallen] = await Promise.all([
        metNamen({ database }, codes),
        telSignalen(database.pool, codes),
      ]);
      const zoekIn = zoek(client.id, gemeenten);
      const { stand } = vraag;
      return {
        titel: SIGNALEN.naam,
        kruimels: [WLZ],
        breed: true,
        inhoud: html`
${inleiding('Inwoners met Wmo-hulp die ook een Wlz-indicatie hebben of hadden. U beoordeelt wat dat betekent; de hulp stopt nooit vanzelf.')}
${kerncijfers(
  WORKFLOWSTANDEN.map((een) => ({
    titel: STANDEN[een].naam,
    cijfer: getal(aantallen.get(een) ?? 0),
    uitleg: STANDEN[een].uitleg,
    toon: (aantallen.get(een) ?? 0) > 0 ? STANDEN[een].toon : 'neutraal',
    pad: adres({ stand: een }),
  })),
)}
${filter(vraag)}
${stand === undefined ? await teDoen(zoekIn, vraag, gemeenten) : await blad(zoekIn, stand, vraag, gemeenten)}`,
      };
    },
  });
}
