/** What a gebruikersbeheerder and the operator see of users. */
import type { Gebruikeroverzicht, Gebruikerstand } from '../../toegang/gebruikers/beheer.ts';
import { DIENSTNAMEN, type Dienst, ROLNAMEN, type Rol } from '../../toegang/gebruikers/types.ts';
import { GELDIG_DAGEN } from '../../toegang/gebruikers/uitnodiging.ts';
import { alsWaar, type Html, html } from '../html.ts';
import {
  alinea,
  code,
  formulier,
  foutenoverzicht,
  gegevens,
  inleiding,
  keuzes,
  knop,
  knoppen,
  knopVerwijzing,
  kop,
  leeg,
  melding,
  merk,
  type Toon,
  tabel,
  tekstvak,
  tekstveld,
  verwijzing,
  zacht,
  zoekformulier,
} from '../onderdelen.ts';
import { tijd } from '../opmaak.ts';
import type { Scherm, Sessie, Veldfouten } from '../pagina.ts';

export const GEBRUIKERS = '/portaal/beheer/gebruikers';
export const NIEUW = `${GEBRUIKERS}/nieuw`;
const BEHEER = { naam: 'Beheer', pad: '/portaal/beheer' };
const LIJST = { naam: 'Gebruikers', pad: GEBRUIKERS };

const TOON: Readonly<Record<Gebruikerstand, Toon>> = {
  actief: 'goed',
  uitgenodigd: 'info',
  'uitnodiging verlopen': 'let-op',
  ingetrokken: 'neutraal',
};
const stand = (een: Gebruikerstand): Html => merk(een, TOON[een]);

export const dienstnamen = (diensten: Iterable<Dienst>): string =>
  [...diensten].map((dienst) => DIENSTNAMEN[dienst]).join(', ') || 'Geen';
const organisatieVan = ({ organisatie, organisatienaam }: Gebruikeroverzicht): string =>
  organisatie === null ? 'Geen organisatie' : `${organisatienaam ?? ''} (${organisatie})`;
const laatst = (op: Date | null): Html | string => (op ? tijd(op) : zacht('Nog nooit'));

/** What was filled in, for a form that is shown again. */
export interface Opnieuw {
  readonly veldfouten: Veldfouten;
  readonly ingevuld: Readonly<Record<string, string>>;
  /** What the rules say against it. */
  readonly bezwaar?: string | undefined;
}
export const SCHOON: Opnieuw = { veldfouten: new Map(), ingevuld: {} };
const status = ({ veldfouten, bezwaar }: Opnieuw) =>
  veldfouten.size > 0 || bezwaar !== undefined ? { status: 400 } : undefined;
const wat = ({ veldfouten, bezwaar }: Opnieuw): Html =>
  html`${foutenoverzicht(veldfouten)}${bezwaar === undefined ? null : melding('error', bezwaar, undefined, true)}`;

export interface Lijstkeuze {
  readonly gebruikers: readonly Gebruikeroverzicht[];
  /** The operator sees those of all organisations. */
  readonly alle: boolean;
  readonly organisatie: string;
  readonly ingetrokken: boolean;
}

const zoek = ({ alle, organisatie, ingetrokken }: Lijstkeuze): Html =>
  zoekformulier(
    GEBRUIKERS,
    alle
      ? tekstveld({
          naam: 'organisatie',
          label: 'Organisatie',
          uitleg: 'Gemeentecode of AGB-code',
          waarde: organisatie,
          breedte: 10,
        })
      : null,
    html`<div class="kp-keuze"><input class="utrecht-checkbox utrecht-checkbox--html-input" type="checkbox" id="ingetrokken" name="ingetrokken" value="1"${alsWaar('checked', ingetrokken)}><label class="utrecht-form-label utrecht-form-label--checkbox" for="ingetrokken">Ook wie is ingetrokken</label></div>`,
    knop('Tonen', { soort: 'secondary' }),
  );

export function lijstscherm(keuze: Lijstkeuze): Scherm {
  const { gebruikers, alle } = keuze;
  const rijen = tabel({
    titel: 'Gebruikers',
    titelVerborgen: true,
    rijen: gebruikers,
    kolommen: [
      { kop: 'Naam', rijkop: true, cel: ({ id, naam }) => verwijzing(`${GEBRUIKERS}/${id}`, naam) },
      ...(alle ? [{ kop: 'Organisatie', cel: organisatieVan }] : []),
      { kop: 'Rol', cel: ({ rol }) => ROLNAMEN[rol] },
      { kop: 'Diensten', cel: ({ diensten }) => dienstnamen(diensten) },
      { kop: 'Toegang', cel: (een) => stand(een.stand) },
      { kop: 'Laatst ingelogd', cel: ({ aangemeldOp }) => laatst(aangemeldOp) },
    ],
  });
  return {
    titel: 'Gebruikers',
    breed: true,
    kruimels: [BEHEER],
    inhoud: html`
${inleiding(alle ? 'Wie er in dit portaal mag, van alle organisaties.' : 'Wie er van uw organisatie in dit portaal mag, en waarvoor.')}
${knoppen(knopVerwijzing(NIEUW, 'Iemand uitnodigen'))}
${zoek(keuze)}
${gebruikers.length === 0 ? leeg('Er zijn geen gebruikers gevonden.') : rijen}`,
  };
}

export interface Rechtkeuze {
  readonly rollen: readonly Rol[];
  readonly diensten: readonly Dienst[];
  readonly rol: string;
  readonly gekozen: readonly string[];
}

const UITLEG_ROL: Readonly<Record<Rol, string>> = {
  gebruiker: 'Doet het werk waarvoor u hieronder diensten kiest.',
  gebruikersbeheerder: 'Nodigt ook collega’s uit en bepaalt wat zij mogen.',
  beheerder: 'Richt het knooppunt in; ziet geen berichten.',
  landelijk: 'Ziet landelijke cijfers; ziet geen berichten.',
};

const recht = ({ rollen, diensten, rol, gekozen }: Rechtkeuze, { veldfouten }: Opnieuw): Html => html`
${keuzes({
  naam: 'rol',
  label: 'Rol',
  soort: 'radio',
  gekozen: [rol],
  keuzes: rollen.map((waarde) => ({ waarde, tekst: ROLNAMEN[waarde], uitleg: UITLEG_ROL[waarde] })),
  veldfouten,
})}
${keuzes({
  naam: 'diensten',
  label: 'Diensten',
  uitleg: 'Geef niet meer dan nodig is voor het werk.',
  soort: 'checkbox',
  gekozen,
  keuzes: diensten.map((waarde) => ({ waarde, tekst: DIENSTNAMEN[waarde] })),
  veldfouten,
})}`;

const naamveld = (opnieuw: Opnieuw, waarde?: string): Html =>
  tekstveld({ ...opnieuw, naam: 'naam', label: 'Naam', waarde, verplicht: true, maxlengte: 80, breedte: 40 });
const redenveld = (opnieuw: Opnieuw): Html =>
  tekstvak({
    ...opnieuw,
    naam: 'reden',
    label: 'Reden',
    uitleg: 'Waarom is dit nodig? De reden staat in het logboek. Zet er geen persoonsgegevens in.',
    verplicht: true,
    regels: 2,
  });

const organisatievelden = (opnieuw: Opnieuw): Html => html`
${tekstveld({ ...opnieuw, naam: 'organisatie', label: 'Organisatie', uitleg: 'Gemeentecode of AGB-code. Laat leeg voor een beheerder van het knooppunt, of iemand van VNG of Ketenbureau.', breedte: 10, maxlengte: 8 })}
${tekstveld({ ...opnieuw, naam: 'identificatie', label: 'KvK-nummer of OIN', uitleg: 'Waarmee deze organisatie bij eHerkenning bekend is. Nodig bij de eerste gebruiker van een organisatie.', breedte: 24, maxlengte: 100 })}`;

export const nieuwscherm = (
  sessie: Pick<Sessie, 'csrf'>,
  keuze: Rechtkeuze & { readonly alle: boolean },
  opnieuw: Opnieuw,
): Scherm => ({
  titel: 'Iemand uitnodigen',
  kruimels: [BEHEER, LIJST],
  ...status(opnieuw),
  inhoud: html`
${wat(opnieuw)}
${inleiding(`U krijgt een code om zelf aan uw collega te geven. Die logt in met eHerkenning en vult de code in, binnen ${GELDIG_DAGEN} dagen.`)}
${formulier({ sessie, naar: NIEUW }, naamveld(opnieuw), keuze.alle ? organisatievelden(opnieuw) : null, recht(keuze, opnieuw), redenveld(opnieuw), knop('Uitnodigen'))}`,
});

/** The only time that the code is seen. */
export const codescherm = (naam: string, uitnodigingscode: string): Scherm => ({
  titel: 'De uitnodiging is klaar',
  kruimels: [BEHEER, LIJST],
  inhoud: html`
${melding('ok', `Geef deze code aan ${naam}`, html`<p class="nl-paragraph kp-code">${code(uitnodigingscode)}</p>`, true)}
${alinea(`Deze code ziet u alleen nu. De code is ${GELDIG_DAGEN} dagen geldig en werkt één keer, en alleen voor wie inlogt namens dezelfde organisatie. Geef de code persoonlijk of telefonisch door, niet in een groepsmail.`)}
${knoppen(knopVerwijzing(GEBRUIKERS, 'Naar de gebruikers'))}`,
});

export function gebruikerscherm(
  sessie: Pick<Sessie, 'csrf'>,
  wie: Gebruikeroverzicht,
  keuze: Rechtkeuze,
  opnieuw: Opnieuw,
): Scherm {
  const hier = `${GEBRUIKERS}/${wie.id}`;
  const weg = wie.stand === 'ingetrokken';
  return {
    titel: wie.naam,
    kruimels: [BEHEER, LIJST],
    ...status(opnieuw),
    inhoud: html`
${wat(opnieuw)}
${gegevens([
  ['Organisatie', organisatieVan(wie)],
  ['Toegang', stand(wie.stand)],
  ['Code geldig tot', wie.uitnodigingTot && tijd(wie.uitnodigingTot)],
  ['Laatst ingelogd', laatst(wie.aangemeldOp)],
  ['Ingetrokken op', wie.ingetrokkenOp && tijd(wie.ingetrokkenOp)],
  ['Rol', weg ? ROLNAMEN[wie.rol] : null],
])}
${
  weg
    ? alinea(
        'De toegang van deze gebruiker is ingetrokken. Moet deze persoon weer toegang krijgen, nodig hem of haar dan opnieuw uit.',
      )
    : html`
${kop(2, 'Wijzigen')}
${alinea('Een wijziging geldt meteen. De gebruiker moet daarna opnieuw inloggen.')}
${formulier({ sessie, naar: hier }, naamveld(opnieuw, wie.naam), recht(keuze, opnieuw), redenveld(opnieuw), knop('Wijzigen'))}
${kop(2, 'Andere mogelijkheden')}
${knoppen(knopVerwijzing(`${hier}/code`, 'Nieuwe code maken', { soort: 'secondary' }), knopVerwijzing(`${hier}/intrekken`, 'Toegang intrekken', { soort: 'secondary', gevaar: true }))}`
}`,
  };
}

/** Asks for the reason of one thing that is done to a user. */
export const vraagscherm = (
  sessie: Pick<Sessie, 'csrf'>,
  wie: Gebruikeroverzicht,
  {
    titel,
    uitleg,
    doe,
    pad,
    gevaar = false,
  }: {
    readonly titel: string;
    readonly uitleg: string;
    readonly doe: string;
    readonly pad: string;
    readonly gevaar?: boolean;
  },
  opnieuw: Opnieuw,
): Scherm => ({
  titel,
  kruimels: [BEHEER, LIJST, { naam: wie.naam, pad: `${GEBRUIKERS}/${wie.id}` }],
  ...status(opnieuw),
  inhoud: html`
${wat(opnieuw)}
${inleiding(uitleg)}
${formulier({ sessie, naar: `${GEBRUIKERS}/${wie.id}/${pad}` }, redenveld(opnieuw), knop(doe, { gevaar }))}`,
});
