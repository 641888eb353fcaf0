/** What a gemeente chooses about its Wlz signals, by itself or by the operator; and the advice that it will read in them. */
import { z } from 'zod';
import type { Omgeving } from '../../../http/omgeving.ts';
import { datum } from '../../../tijd.ts';
import { eisBeheerder } from '../../../toegang/bevoegdheid.ts';
import { beheerclient } from '../../../toegang/gebruikers/organisatiebeheer.ts';
import { leesWlzinstelling, type Wlzinstelling, wijzigWlzinstelling } from '../../../wlz-samenloop/instelling.ts';
import { adviezenOp } from '../../../wlz-samenloop/signalen/advies.ts';
import { eigenGemeenten } from '../../../wlz-samenloop/signalen/gemeenten.ts';
import { html } from '../../html.ts';
import { alinea, formulier, inleiding, keuzes, kop, tekstveld, verwijzing } from '../../onderdelen.ts';
import type { Pagina, Paginaverzoek } from '../../pagina.ts';
import { eigenGemeente, kruimelsVan, padVan } from './eigen.ts';
import { leegIsNull } from './velden.ts';
import { eisVerschil, fouten, nakijkknop, Reden, redenveld, wijzigpaginas } from './wijziging.ts';
import { adviestabel, WLZ_ADVIEZEN } from './wlz-adviestabel.ts';
import { BRONNEN, gevaarVan, gevolgenVan, TONEN, wlzVerschillen } from './wlz-woorden.ts';

const MAX_DAGEN = 365;
const DAGEN = `Vul een heel getal in van 1 tot en met ${MAX_DAGEN}, of niets.`;
const janee = (melding: string) => z.enum(['ja', 'nee'], melding).transform((tekst) => tekst === 'ja');

const Formulier = z.object({
  dossierAlsBron: janee('Kies wat er meetelt.'),
  herinneringNaDagen: leegIsNull(
    z
      .string()
      .trim()
      .regex(/^\d{1,3}$/, DAGEN)
      .transform(Number)
      .refine((dagen) => dagen >= 1 && dagen <= MAX_DAGEN, DAGEN),
  ),
  /** Not in the form of a gemeente: then it stays as it is. */
  indicatieTonen: janee('Kies of de dagen getoond worden.').optional(),
  reden: Reden,
});
type Formulier = z.infer<typeof Formulier>;

const janeeVan = (waarde: boolean): string => (waarde ? 'ja' : 'nee');

export function wlzInstellingpaginas({ database, routering }: Omgeving): readonly Pagina[] {
  async function onderwerp(verzoek: Pick<Paginaverzoek, 'gebruiker' | 'pad'>) {
    const kaart = await eigenGemeente({ database }, verzoek);
    return { kaart, instelling: await leesWlzinstelling(database.pool, kaart.code) };
  }
  const wordt = (instelling: Wlzinstelling, { reden: _, indicatieTonen, ...keuze }: Formulier): Wlzinstelling => ({
    ...keuze,
    indicatieTonen: indicatieTonen ?? instelling.indicatieTonen,
  });

  return wijzigpaginas<Formulier>({
    id: 'beheer-wlz-instelling',
    pad: '/beheer/organisaties/:code/wlz',
    toegang: 'beheer',
    schema: Formulier,
    async vorm(verzoek, terug) {
      const { kaart, instelling } = await onderwerp(verzoek);
      const beheerder = verzoek.gebruiker.rol === 'beheerder';
      return {
        titel: 'Wlz-signalen instellen',
        kruimels: kruimelsVan(kaart, verzoek),
        inhoud: html`
${fouten(terug)}
${inleiding('Een gemeente krijgt een signaal als een inwoner met Wmo-hulp ook een Wlz-indicatie krijgt. Hier kiest u waarmee het knooppunt vergelijkt, en of u een herinnering krijgt.')}
${formulier(
  verzoek,
  keuzes({
    soort: 'radio',
    naam: 'dossierAlsBron',
    label: 'Waarmee vergelijkt het knooppunt?',
    waarde: janeeVan(instelling.dossierAlsBron),
    keuzes: BRONNEN,
    ...terug,
  }),
  tekstveld({
    naam: 'herinneringNaDagen',
    label: 'Herinnering na hoeveel dagen',
    uitleg: 'Een signaal dat dan nog niet is afgehandeld, komt één keer opnieuw. Leeg: geen herinnering.',
    inputmode: 'numeric',
    breedte: 4,
    maxlengte: 3,
    waarde: instelling.herinneringNaDagen === null ? '' : String(instelling.herinneringNaDagen),
    ...terug,
  }),
  beheerder
    ? keuzes({
        soort: 'radio',
        naam: 'indicatieTonen',
        label: 'Staan de dagen van het Wlz-besluit in een signaal?',
        uitleg: 'Dit bepaalt de beheerder van het knooppunt, na een oordeel van de functionaris gegevensbescherming.',
        waarde: janeeVan(instelling.indicatieTonen),
        keuzes: TONEN,
        ...terug,
      })
    : null,
  redenveld(terug),
  nakijkknop(),
)}
${kop(2, 'Wat staat er in een signaal?')}
${
  beheerder
    ? null
    : alinea(
        instelling.indicatieTonen
          ? 'In een signaal staan ook de dagen van het Wlz-besluit zelf. Dat heeft de beheerder van het knooppunt zo ingesteld.'
          : 'In een signaal staan alleen de dagen waarop Wmo en Wlz samenlopen, niet die van het Wlz-besluit zelf. Alleen de beheerder van het knooppunt kan dat wijzigen.',
      )
}
${alinea('Bij elk signaal staat wat meestal geldt voor het soort hulp. Het advies houdt nooit een signaal tegen, en de gemeente beslist zelf. De teksten zijn voor alle gemeenten gelijk.')}
${adviestabel(await adviezenOp(database.pool, datum(new Date())))}
${beheerder ? alinea(verwijzing(WLZ_ADVIEZEN.pad, 'Adviezen bekijken en wijzigen')) : null}`,
      };
    },
    async kijkNa(verzoek, ingevuld) {
      const { kaart, instelling } = await onderwerp(verzoek);
      const nieuw = wordt(instelling, ingevuld);
      const gevaar = gevaarVan(instelling, nieuw);
      return {
        titel: 'Klopt dit?',
        kruimels: kruimelsVan(kaart, verzoek),
        verschillen: eisVerschil(wlzVerschillen(instelling, nieuw)),
        gevolgen: gevolgenVan(instelling, nieuw),
        ...(gevaar !== undefined && { gevaar }),
        knop: 'Instelling wijzigen',
      };
    },
    async doe(verzoek, { reden, indicatieTonen, ...keuze }) {
      const { kaart } = await onderwerp(verzoek);
      const client = beheerclient(verzoek.gebruiker);
      // The same as for the API: the gemeente itself or the operator, and the dates of a besluit are for the operator to decide on.
      if (!client.beheerder) eigenGemeenten(client, await routering.feiten(), kaart.code);
      if (indicatieTonen !== undefined) eisBeheerder(client);
      const gekozen = { ...keuze, ...(indicatieTonen !== undefined && { indicatieTonen }) };
      await wijzigWlzinstelling(database, { actor: client.id, reden }, kaart.code, gekozen);
      return {
        naar: padVan(kaart.code),
        melding: { soort: 'ok', tekst: 'De instelling voor Wlz-signalen is gewijzigd.' },
      };
    },
  });
}
