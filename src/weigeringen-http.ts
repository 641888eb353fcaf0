/** The refusals of what is no request that we know, and of what the keys do not allow: a part of the registry in fouten.ts, which says what a row means. The chain has no codes for them. */
export const HTTP_WEIGERINGEN = {
  sleutelNietTeVerwijderen: { http: 409, fout: null, titel: 'Deze sleutel kan niet weg.', opnieuw: false },
  nietBevoegdLandelijk: {
    http: 403,
    fout: null,
    titel: 'De landelijke cijfers zijn alleen voor wie daarvoor is aangewezen.',
    opnieuw: false,
  },
  koppenTeGroot: { http: 431, fout: null, titel: 'De koppen van het verzoek zijn te groot.', opnieuw: false },
  verzoekTeTraag: { http: 408, fout: null, titel: 'Het verzoek kwam te langzaam binnen.', opnieuw: false },
  nietGevonden: { http: 404, fout: null, titel: 'Niet gevonden.', opnieuw: false },
  methodeNietToegestaan: { http: 405, fout: null, titel: 'Deze methode is hier niet toegestaan.', opnieuw: false },
} as const;

/** The refusals of the operator's stop switch. What waits in a postbus is not lost: who asks for it may come back. */
export const STOP_WEIGERINGEN = {
  aanleveringGestopt: {
    http: 403,
    fout: 'organisatieNietGeautoriseerd',
    titel: 'De beheerder heeft het aanleveren door deze afzender stilgezet.',
    opnieuw: false,
  },
  bezorgingGestopt: {
    http: 503,
    fout: null,
    titel: 'De beheerder heeft de bezorging aan deze organisatie stilgezet; uw berichten blijven in de postbus.',
    opnieuw: true,
  },
} as const;
