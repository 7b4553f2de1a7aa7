"""What other programs call a client's fields and values, in English, German, French, Spanish."""

from resolvers.imports.columns import Synonyms

CLIENT_COLUMNS: Synonyms = {
    "id": ("id",),
    "number": (
        "external id", "client number", "client no", "client id", "client code", "client ref",
        "customer number", "customer no", "customer id", "account number", "contact id",
        "reference", "number", "code",
        "kundennummer", "kunden nr", "kundennr", "kunden id", "mandantennummer", "mandanten nr",
        "mandantennr", "debitorennummer", "debitor", "nummer",
        "numero client", "numero de client", "n client", "code client", "reference client",
        "numero de cliente", "n cliente", "codigo de cliente", "codigo cliente", "codigo",
    ),
    "name": (
        "client name", "client", "customer name", "customer full name", "display name",
        "company name", "company", "organisation", "organization", "business name",
        "contact name", "full name", "name", "customer",
        "kundenname", "kunde", "mandantenname", "mandant", "firmenname", "firma", "unternehmen",
        "nom du client", "nom client", "raison sociale", "societe", "entreprise", "nom",
        "nombre del cliente", "razon social", "cliente", "empresa", "nombre",
    ),
    "first_name": (
        "first name", "given name", "vorname", "prenom", "nombre de pila",
    ),
    "last_name": (
        "last name", "surname", "family name", "nachname", "familienname",
        "nom de famille", "apellido", "apellidos",
    ),
    "kind": (
        "kind", "client type", "type", "entity type", "art", "kundenart", "mandantenart", "typ",
        "rechtsform", "nature", "type de client", "tipo", "tipo de cliente",
    ),
    "status": ("status", "client status", "state", "statut", "etat", "estado"),
    "tags": (
        "tags", "labels", "groups", "schlagworter", "schlagworte", "etiketten", "etiquettes",
        "mots cles", "etiquetas",
    ),
    "currency": ("currency", "currency code", "wahrung", "devise", "monnaie", "moneda", "divisa"),
    "notes": (
        "notes", "note", "comments", "remarks", "notizen", "notiz", "bemerkung", "bemerkungen",
        "anmerkungen", "remarques", "commentaires", "notas", "observaciones", "comentarios",
    ),
    "restricted": ("restricted", "confidential", "vertraulich", "confidentiel", "confidencial"),
    "contact_name": (
        "primary contact", "contact person", "main contact", "contact name", "contact",
        "ansprechpartner",
        "kontaktperson", "kontakt", "interlocuteur", "personne de contact", "contacto",
        "persona de contacto",
    ),
    "email": (
        "email", "e mail", "email address", "contact email", "mail",
        "e mail adresse", "emailadresse", "adresse e mail", "adresse email", "courriel",
        "correo electronico", "correo",
    ),
    "phone": (
        "phone", "phone number", "telephone", "mobile", "telefon", "telefonnummer", "tel", "mobil",
        "telephone portable", "numero de telephone", "telefono", "movil",
    ),
    "vat": (
        "vat number", "vat no", "vat id", "vat registration number", "vat", "ust idnr", "ust id",
        "ustidnr", "umsatzsteuer id", "mwst nummer", "uid nummer", "numero de tva", "n tva",
        "tva intracommunautaire", "numero de iva", "nif iva",
    ),
    "tax_id": (
        "tax id", "tax number", "tax identification number", "tax reference", "tin", "ein", "utr",
        "steuernummer", "steuer id", "numero fiscal", "siren", "siret", "nif", "cif",
    ),
    "partner": ("partner", "client partner", "associe", "socio"),
    "manager": (
        "manager", "client manager", "account manager", "betreuer", "kundenbetreuer",
        "mandatsleiter", "responsable", "gestionnaire", "gestor",
    ),
    "preparer": ("preparer", "accountant", "bookkeeper", "sachbearbeiter", "collaborateur",
                 "contable"),
    "reviewer": ("reviewer", "prufer", "reviseur", "verificateur", "revisor"),
}  # fmt: skip

TAX_IDS = {"vat": "VAT", "tax_id": "Tax id"}
"""What a number is called, by the column that it stands in."""

ROLES = ("partner", "manager", "preparer", "reviewer")

KINDS = {
    **dict.fromkeys((
        "individual", "person", "private", "private person", "sole trader", "natural person",
        "privatperson", "privat", "einzelperson", "naturliche person", "einzelunternehmen",
        "particulier", "personne physique", "individu", "particular", "persona fisica",
        "persona natural", "autonomo",
    ), "individual"),
    **dict.fromkeys((
        "organisation", "organization", "company", "business", "corporation", "limited company",
        "ltd", "llc", "inc", "partnership", "trust", "charity", "legal entity",
        "firma", "unternehmen", "gesellschaft", "gmbh", "ag", "kg", "ug", "juristische person",
        "verein", "stiftung",
        "entreprise", "societe", "personne morale", "sarl", "sas", "sa", "association",
        "empresa", "sociedad", "persona juridica", "sl",
    ), "organisation"),
}  # fmt: skip

STATUSES = {
    **dict.fromkeys(("active", "current", "aktiv", "actif", "active client", "activo", "activa"),
                    "active"),
    **dict.fromkeys(("prospect", "lead", "interessent", "potenziell", "prospecto", "potencial"),
                    "prospect"),
    **dict.fromkeys(("onboarding", "new", "neu", "nouveau", "nuevo"), "onboarding"),
    **dict.fromkeys(("former", "inactive", "lost", "ehemalig", "inaktiv", "ancien", "inactif",
                     "antiguo", "inactivo", "inactiva"), "former"),
    **dict.fromkeys(("archived", "archiviert", "archive", "archivado", "archivada"), "archived"),
}  # fmt: skip
