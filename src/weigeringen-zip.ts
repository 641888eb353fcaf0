/** The refusals of a ZIP; part of the registry in fouten.ts, which says what a row means. */
export const ZIP_WEIGERINGEN = {
  zipOngeldig: {
    http: 400,
    fout: 'zipOngeldig',
    titel: 'Het aangeleverde bestand is geen geldig ZIP-bestand.',
    opnieuw: false,
  },
  zipTeVeelBestanden: {
    http: 400,
    fout: 'zipTeVeelBestanden',
    titel: 'Het ZIP-bestand bevat meer dan 30 bestanden.',
    opnieuw: false,
  },
  zipWachtwoord: {
    http: 400,
    fout: 'zipWachtwoord',
    titel: 'Het ZIP-bestand is met een wachtwoord beveiligd.',
    opnieuw: false,
  },
  zipLeeg: { http: 400, fout: 'zipLeeg', titel: 'Het ZIP-bestand bevat geen enkel bestand.', opnieuw: false },
  zipTeGroot: {
    http: 413,
    fout: 'berichtTeGroot',
    titel: 'De bestanden in het ZIP-bestand zijn samen te groot; verdeel ze over meer ZIP-bestanden.',
    opnieuw: false,
  },
  zipBestandTeGroot: {
    http: 413,
    fout: 'zipBestandTeGroot',
    titel: 'Dit bestand in het ZIP-bestand is groter dan 25 MB.',
    opnieuw: false,
  },
  zipBestandOngeldig: {
    http: 400,
    fout: 'zipOngeldig',
    titel: 'Dit bestand in het ZIP-bestand is niet bruikbaar.',
    opnieuw: false,
  },
} as const;
