/** Why somebody did not get in: for the page, and in a word for the audit log. */
interface Uitleg {
  readonly titel: string;
  /** What to do now. */
  readonly raad: string;
  readonly status: number;
  /** Does it count as a failure of whoever tried? What is wrong at the broker, or with us, does not. */
  readonly mislukt: boolean;
}

export const AANMELDFOUTEN = {
  afgebroken: {
    titel: 'Het inloggen is afgebroken',
    raad: 'U bent niet ingelogd. U kunt het opnieuw proberen.',
    status: 400,
    mislukt: false,
  },
  verlopen: {
    titel: 'Het inloggen duurde te lang, of was al gebruikt',
    raad: 'Begin opnieuw met inloggen. Gebruik daarbij niet de knop Vorige van uw browser.',
    status: 400,
    mislukt: true,
  },
  ongeldig: {
    titel: 'Het inloggen is niet gelukt',
    raad: 'Het antwoord van eHerkenning klopte niet. Begin opnieuw met inloggen. Gebeurt dit vaker, neem dan contact op met de beheerder van dit knooppunt.',
    status: 400,
    mislukt: true,
  },
  niveauTeLaag: {
    titel: 'Uw inlogmiddel is niet sterk genoeg',
    raad: 'Voor dit portaal is eHerkenning niveau EH3 nodig. Vraag een middel met niveau EH3 aan bij uw leverancier van eHerkenning, of log in met een ander middel.',
    status: 403,
    mislukt: true,
  },
  organisatieOnbekend: {
    titel: 'Uw organisatie is hier niet bekend',
    raad: 'U bent ingelogd namens een organisatie die niet is aangesloten. Hebt u eHerkenning voor meer organisaties, kies dan een andere. Vraag anders de beheerder van dit knooppunt om uw organisatie toe te voegen.',
    status: 403,
    mislukt: true,
  },
  storing: {
    titel: 'Inloggen lukt nu niet',
    raad: 'eHerkenning is op dit moment niet bereikbaar. Probeer het over een paar minuten opnieuw.',
    status: 503,
    mislukt: false,
  },
  nietIngericht: {
    titel: 'Inloggen is nog niet ingericht',
    raad: 'De beheerder van dit knooppunt moet eerst een koppeling met eHerkenning instellen.',
    status: 503,
    mislukt: false,
  },
} as const satisfies Record<string, Uitleg>;
export type Aanmeldfoutsoort = keyof typeof AANMELDFOUTEN;

export class Aanmeldfout extends Error {
  readonly soort: Aanmeldfoutsoort;

  constructor(soort: Aanmeldfoutsoort, opties?: ErrorOptions) {
    super(soort, opties);
    this.name = 'Aanmeldfout';
    this.soort = soort;
  }
}
