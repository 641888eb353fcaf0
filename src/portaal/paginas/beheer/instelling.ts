/** How an organisation has its messages checked and answered, in one domein: by the operator, or by who manages the organisation. */
import { z } from 'zod';
import { KnooppuntFout } from '../../../fouten.ts';
import type { Omgeving } from '../../../http/omgeving.ts';
import { wijzigInstelling } from '../../../routering/instelling-wijzigen.ts';
import { type Instelling, isDomein, leesInstelling } from '../../../routering/instellingen.ts';
import { leesKaart } from '../../../routering/kaartenbak.ts';
import type { Controleniveau } from '../../../standards/bevinding.ts';
import type { Domein } from '../../../standards/catalogus.ts';
import { FOUTLIJSTEN } from '../../../standards/foutcodes/lijsten.ts';
import { eisBevoegd } from '../../../toegang/bevoegdheid.ts';
import { beheerclient, eisBeheerVan } from '../../../toegang/gebruikers/organisatiebeheer.ts';
import { html } from '../../html.ts';
import { formulier, inleiding, keuzelijst, keuzes, tekstveld } from '../../onderdelen.ts';
import type { Pagina, Paginaverzoek } from '../../pagina.ts';
import { kruimelsVan, padVan } from './eigen.ts';
import {
  DOMEINTITEL,
  FOUTLIJSTKEUZES,
  gevolgenVan,
  instellingVerschillen,
  NIVEAUS,
  RETOUREN,
  ROUTES,
} from './instellingwoorden.ts';
import { Dag } from './velden.ts';
import { eisVerschil, fouten, nakijkknop, Reden, redenveld, wijzigpaginas } from './wijziging.ts';

const Formulier = z.object({
  controleniveau: z
    .enum(['0', '1', '2', '3', '4'], 'Kies een niveau.')
    .transform((tekst) => Number(tekst) as Controleniveau),
  retour: z.enum(['zelf', 'knooppunt'], 'Kies wie antwoordt.'),
  foutlijst: z.enum(FOUTLIJSTEN, 'Kies een lijst.'),
  route: z.enum(['postbus', 'stuf']).optional(),
  dossierVolledigVanaf: Dag,
  reden: Reden,
});
type Formulier = z.infer<typeof Formulier>;

interface Onderwerp {
  readonly code: string;
  readonly naam: string;
  readonly domein: Domein;
  readonly instelling: Instelling;
  readonly heeftEindpunt: boolean;
}

export function instellingpaginas({ database }: Pick<Omgeving, 'database'>): readonly Pagina[] {
  async function onderwerp({ gebruiker, pad }: Pick<Paginaverzoek, 'gebruiker' | 'pad'>): Promise<Onderwerp> {
    const { code = '', domein = '' } = pad;
    eisBeheerVan(gebruiker, code);
    const kaart = isDomein(domein) ? await leesKaart(database.pool, code) : undefined;
    if (!kaart || !isDomein(domein)) throw new KnooppuntFout('nietGevonden');
    const instelling = await leesInstelling(database.pool, code, domein);
    return { code, naam: kaart.naam, domein, instelling, heeftEindpunt: kaart.stuf !== null };
  }
  /** Without an endpoint there is no choice of route, so it stays as it is. */
  const gekozen = ({ reden: _, route, ...keuze }: Formulier, { instelling }: Onderwerp): Instelling => ({
    ...keuze,
    route: route ?? instelling.route,
  });

  return wijzigpaginas<Formulier>({
    id: 'beheer-instelling',
    pad: '/beheer/organisaties/:code/instellingen/:domein',
    toegang: 'beheer',
    schema: Formulier,
    async vorm(verzoek, terug) {
      const wat = await onderwerp(verzoek);
      const { domein, instelling } = wat;
      return {
        titel: `Instellingen voor ${DOMEINTITEL[domein]}`,
        kruimels: kruimelsVan(wat, verzoek),
        inhoud: html`
${fouten(terug)}
${inleiding(`U kiest hoe het knooppunt berichten voor ${wat.naam} controleert en wie erop antwoordt.`)}
${formulier(
  verzoek,
  keuzes({
    soort: 'radio',
    naam: 'controleniveau',
    label: 'Hoe streng controleert het knooppunt?',
    uitleg: 'Elk niveau doet ook wat de niveaus erboven doen.',
    waarde: String(instelling.controleniveau),
    keuzes: NIVEAUS,
    ...terug,
  }),
  keuzes({
    soort: 'radio',
    naam: 'retour',
    label: 'Wie stuurt de retourberichten?',
    waarde: instelling.retour,
    keuzes: RETOUREN,
    ...terug,
  }),
  wat.heeftEindpunt || instelling.route === 'stuf'
    ? keuzes({
        soort: 'radio',
        naam: 'route',
        label: 'Waar gaan berichten heen?',
        waarde: instelling.route,
        keuzes: ROUTES,
        ...terug,
      })
    : null,
  keuzelijst({
    naam: 'foutlijst',
    label: 'Lijst met foutcodes',
    uitleg: 'Welke codes er staan in foutberichten (Fo01) aan deze organisatie.',
    verplicht: true,
    waarde: instelling.foutlijst,
    keuzes: FOUTLIJSTKEUZES,
    ...terug,
  }),
  tekstveld({
    naam: 'dossierVolledigVanaf',
    label: 'Dossier is volledig vanaf',
    uitleg:
      'Van belang bij niveau 3 en 4: vanaf welke dag alle berichten van deze organisatie door het knooppunt gaan.',
    type: 'date',
    waarde: instelling.dossierVolledigVanaf ?? '',
    ...terug,
  }),
  redenveld(terug),
  nakijkknop(),
)}`,
      };
    },
    async kijkNa(verzoek, ingevuld) {
      const wat = await onderwerp(verzoek);
      const wordt = gekozen(ingevuld, wat);
      return {
        titel: 'Klopt dit?',
        kruimels: kruimelsVan(wat, verzoek),
        verschillen: eisVerschil(instellingVerschillen(wat.instelling, wordt)),
        gevolgen: gevolgenVan(wat.instelling, wordt),
        knop: 'Instelling wijzigen',
      };
    },
    async doe(verzoek, ingevuld) {
      const wat = await onderwerp(verzoek);
      const client = beheerclient(verzoek.gebruiker);
      eisBevoegd(client, 'instelling wijzigen', wat.code, wat.domein);
      const opdracht = { actor: client.id, reden: ingevuld.reden };
      await wijzigInstelling(database, opdracht, wat.code, wat.domein, gekozen(ingevuld, wat));
      return {
        naar: padVan(wat.code),
        melding: { soort: 'ok', tekst: `De instellingen voor ${DOMEINTITEL[wat.domein]} zijn gewijzigd.` },
      };
    },
  });
}
