/** A gemeente lets its figures count for a samenwerkingsverband, and takes that back; the operator notes what came on paper. */
import { z } from 'zod';
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { MIN_GEMEENTEN } from '../../../ketendata/inzicht/regels/samenwerking.ts';
import {
  geefMandaat,
  leesMandaten,
  leesVerbanden,
  type Mandaat,
  trekMandaatIn,
} from '../../../ketendata/inzicht/verbanden.ts';
import type { Kaart } from '../../../routering/kaart.ts';
import { dag } from '../../../standards/dag.ts';
import { datum } from '../../../tijd.ts';
import { eisBevoegd } from '../../../toegang/bevoegdheid.ts';
import { beheerclient } from '../../../toegang/gebruikers/organisatiebeheer.ts';
import { type Html, html } from '../../html.ts';
import type { Ingevuld } from '../../onderdelen/formulier.ts';
import {
  alinea,
  formulier,
  inleiding,
  keuzelijst,
  knoppen,
  knopVerwijzing,
  kop,
  leeg,
  melding,
  tekstveld,
} from '../../onderdelen.ts';
import { datumLang } from '../../opmaak.ts';
import { type Pagina, type Paginaverzoek, pagina } from '../../pagina.ts';
import { eigenGemeente, kruimelsVan } from './eigen.ts';
import { mandaattabel, mandatenpad, wekenTekst } from './mandaattabel.ts';
import { Dag } from './velden.ts';
import { fouten, nakijkknop, Reden, redenveld, wijzigpaginas } from './wijziging.ts';

const Geef = z
  .object({
    verband: z.string().min(1, 'Kies een samenwerkingsverband.'),
    vanaf: dag('Vul een bestaande datum in.'),
    tot: Dag,
    reden: Reden,
  })
  .refine(({ vanaf, tot }) => tot === null || tot > vanaf, {
    path: ['tot'],
    message: 'Het mandaat moet eindigen nadat het begint.',
  });
type Geef = z.infer<typeof Geef>;
const Intrekken = z.object({ reden: Reden });

const PAPIER = 'Noem het besluit van de gemeente, bijvoorbeeld met een zaaknummer. De reden komt in het logboek.';

export function mandaatpaginas(omgeving: Pick<Omgeving, 'database'>): readonly Pagina[] {
  const { database } = omgeving;
  type Wie = Pick<Paginaverzoek, 'gebruiker' | 'pad'>;
  const kruimels = (kaart: Kaart, verzoek: Wie) => [
    ...kruimelsVan(kaart, verzoek),
    { naam: 'Cijfers delen', pad: mandatenpad(kaart.code) },
  ];
  const namen = async (): Promise<ReadonlyMap<string, string>> =>
    new Map((await leesVerbanden(database)).map(({ code, naam }) => [code, naam]));
  const redenVan = (terug: Ingevuld, { gebruiker }: Wie): Html =>
    gebruiker.rol === 'beheerder' ? redenveld(terug, PAPIER) : redenveld(terug);

  async function eenMandaat(verzoek: Wie): Promise<{ kaart: Kaart; mandaat: Mandaat; naam: string }> {
    const kaart = await eigenGemeente(omgeving, verzoek);
    const alle = await leesMandaten(database.pool, { gemeente: kaart.code });
    const mandaat = alle.find(({ id, ingetrokkenOp }) => String(id) === verzoek.pad.nummer && !ingetrokkenOp);
    if (!mandaat) throw new KnooppuntFout('nietGevonden');
    return { kaart, mandaat, naam: (await namen()).get(mandaat.verband) ?? mandaat.verband };
  }
  /** @returns in whose name it is written down */
  function eisNoteren({ gebruiker }: Wie, gemeente: string): string {
    const client = beheerclient(gebruiker);
    eisBevoegd(client, 'mandaat noteren', gemeente);
    return client.id;
  }

  const lijst = pagina({
    methode: 'get',
    pad: '/beheer/organisaties/:code/mandaten',
    id: 'beheer-mandaten',
    toegang: 'beheer',
    async voer(verzoek) {
      const kaart = await eigenGemeente(omgeving, verzoek);
      const [mandaten, verbanden] = await Promise.all([leesMandaten(database.pool, { gemeente: kaart.code }), namen()]);
      const geven = knopVerwijzing(`${mandatenpad(kaart.code)}/nieuw`, 'Mandaat geven');
      return {
        titel: 'Cijfers delen in een samenwerkingsverband',
        kruimels: kruimelsVan(kaart, verzoek),
        inhoud: html`
${inleiding('Gemeenten die samenwerken, kunnen hun ketendata bij elkaar optellen. Met een mandaat laat een gemeente haar cijfers meetellen in zo’n samenwerkingsverband.')}
<ul class="kp-lijst">
<li>Alleen de <strong>som</strong> van alle gemeenten samen is te zien, nooit de cijfers van één gemeente.</li>
<li>Een week telt pas als er minstens ${MIN_GEMEENTEN} gemeenten meedoen.</li>
<li>Alleen gemeenten met een mandaat dat nu geldt, zien de som. Zij vinden haar bij Ketendata.</li>
<li>Een mandaat kan altijd worden ingetrokken. Daarna tellen de cijfers nergens meer mee, ook niet in eerdere weken.</li>
</ul>
${kop(2, 'Mandaten van deze gemeente')}
${
  mandaten.length === 0
    ? leeg(
        'Er zijn nog geen mandaten',
        verbanden.size === 0
          ? 'Er zijn ook nog geen samenwerkingsverbanden. De beheerder van het knooppunt maakt ze.'
          : 'De cijfers van deze gemeente tellen in geen enkel samenwerkingsverband mee.',
        verbanden.size === 0 ? undefined : knoppen(geven),
      )
    : html`${mandaattabel(mandaten.toReversed(), {
        kop: 'Samenwerkingsverband',
        tekst: ({ verband }) => verbanden.get(verband) ?? verband,
      })}
${alinea('Ook van een afgelopen mandaat tellen de weken van toen nog mee. Wilt u dat niet meer, trek het dan in.')}
${knoppen(geven)}`
}`,
      };
    },
  });

  return [
    lijst,
    ...wijzigpaginas<Geef>({
      id: 'beheer-mandaat-nieuw',
      pad: '/beheer/organisaties/:code/mandaten/nieuw',
      toegang: 'beheer',
      schema: Geef,
      async vorm(verzoek, terug) {
        const kaart = await eigenGemeente(omgeving, verzoek);
        const verbanden = await leesVerbanden(database);
        return {
          titel: 'Mandaat geven',
          kruimels: kruimels(kaart, verzoek),
          inhoud: html`
${fouten(terug)}
${inleiding(`U laat de ketendata van ${kaart.naam} meetellen in een samenwerkingsverband.`)}
${
  verbanden.length === 0
    ? leeg('Er zijn nog geen samenwerkingsverbanden', 'De beheerder van het knooppunt maakt ze.')
    : formulier(
        verzoek,
        keuzelijst({
          naam: 'verband',
          label: 'Samenwerkingsverband',
          verplicht: true,
          leegste: 'Kies een samenwerkingsverband',
          keuzes: verbanden.map(({ code, naam }) => ({ waarde: code, tekst: naam })),
          ...terug,
        }),
        html`<div class="kp-naast">
${tekstveld({ naam: 'vanaf', label: 'Vanaf', uitleg: 'Weken die op of na deze dag beginnen, tellen mee.', type: 'date', verplicht: true, waarde: datum(new Date()), ...terug })}
${tekstveld({ naam: 'tot', label: 'Tot', uitleg: 'Leeg: tot u het mandaat intrekt.', type: 'date', ...terug })}
</div>`,
        alinea('Een week begint op maandag. De eerste dag mag in het verleden liggen: dan tellen ook die weken mee.'),
        redenVan(terug, verzoek),
        nakijkknop(),
      )
}`,
        };
      },
      async kijkNa(verzoek, { verband, vanaf, tot }) {
        const kaart = await eigenGemeente(omgeving, verzoek);
        const naam = (await namen()).get(verband);
        if (naam === undefined)
          throw new KnooppuntFout('invoerOngeldig', 'Dit samenwerkingsverband is er niet. Kies een ander.');
        const eerder = (await leesMandaten(database.pool, { gemeente: kaart.code, verband })).find(
          ({ ingetrokkenOp, tot: einde }) => !ingetrokkenOp && (einde === null || einde > vanaf),
        );
        return {
          titel: 'Klopt dit?',
          kruimels: kruimels(kaart, verzoek),
          verschillen: [
            { wat: 'Samenwerkingsverband', nu: '-', wordt: naam },
            { wat: 'Weken vanaf', nu: '-', wordt: datumLang(vanaf) },
            { wat: 'Tot', nu: '-', wordt: tot === null ? 'u het intrekt' : datumLang(tot) },
          ],
          gevolgen: [
            `De cijfers van ${kaart.naam} tellen mee in de som van ${naam}. De andere gemeenten zien alleen de som.`,
            `U ziet zelf ook de som, zodra er minstens ${MIN_GEMEENTEN} gemeenten meedoen.`,
            ...(eerder ? [`Er is al een mandaat: de weken ${wekenTekst(eerder)}. Een week telt nooit dubbel.`] : []),
          ],
          knop: 'Mandaat geven',
        };
      },
      async doe(verzoek, { reden, ...nieuw }) {
        const { code } = await eigenGemeente(omgeving, verzoek);
        const actor = eisNoteren(verzoek, code);
        await geefMandaat(database, { actor, reden }, { ...nieuw, gemeente: code });
        return { naar: mandatenpad(code), melding: { soort: 'ok', tekst: 'Het mandaat is gegeven.' } };
      },
    }),
    ...wijzigpaginas<z.infer<typeof Intrekken>>({
      id: 'beheer-mandaat-intrekken',
      pad: '/beheer/organisaties/:code/mandaten/:nummer/intrekken',
      toegang: 'beheer',
      schema: Intrekken,
      async vorm(verzoek, terug) {
        const { kaart, mandaat, naam } = await eenMandaat(verzoek);
        return {
          titel: 'Mandaat intrekken',
          kruimels: kruimels(kaart, verzoek),
          inhoud: html`
${fouten(terug)}
${inleiding(`Dit mandaat laat de cijfers van ${kaart.naam} meetellen in ${naam}: de weken ${wekenTekst(mandaat)}.`)}
${melding('info', 'Intrekken geldt ook voor eerdere weken', alinea('Daarna telt geen enkel cijfer van dit mandaat nog mee.'))}
${formulier(verzoek, redenVan(terug, verzoek), nakijkknop())}`,
        };
      },
      async kijkNa(verzoek) {
        const { kaart, mandaat, naam } = await eenMandaat(verzoek);
        return {
          titel: 'Klopt dit?',
          kruimels: kruimels(kaart, verzoek),
          verschillen: [{ wat: `Mandaat voor ${naam}`, nu: wekenTekst(mandaat), wordt: 'ingetrokken' }],
          gevolgen: [
            'De cijfers tellen meteen nergens meer mee, ook niet in eerdere weken.',
            'Let op: wie de som van gisteren heeft bewaard, kan daar de som van vandaag van aftrekken. Wat overblijft, zijn de cijfers van deze gemeente.',
            `Doen er dan minder dan ${MIN_GEMEENTEN} gemeenten mee, dan zijn er voor die weken geen cijfers meer.`,
            'Terugdraaien kan niet. Wel kunt u een nieuw mandaat geven.',
          ],
          gevaar: 'Dit geldt meteen.',
          knop: 'Mandaat intrekken',
        };
      },
      async doe(verzoek, { reden }) {
        const { kaart, mandaat } = await eenMandaat(verzoek);
        const actor = eisNoteren(verzoek, kaart.code);
        const weg = await trekMandaatIn(database, { actor, reden }, mandaat.id, kaart.code);
        if (!weg) throw new KnooppuntFout('nietGevonden');
        return { naar: mandatenpad(kaart.code), melding: { soort: 'ok', tekst: 'Het mandaat is ingetrokken.' } };
      },
    }),
  ];
}
