"""What the trackers call their columns, in the languages they write them in.

Folded words (see `columns.fold`), the product's own English first. Toggl Track says "User" and
"End date" in older exports, "Member" and "Stop date" in newer ones.
"""

from resolvers.imports.columns import Synonyms

TIME_COLUMNS: Synonyms = {
    "entry_id": ("time entry id", "entry id", "id"),
    "email": (
        "email", "e mail", "user email", "member email", "correo electronico", "adresse e mail",
        "e mail adresse",
    ),
    "person": (
        "user", "member", "team member", "benutzer", "mitglied", "utilisateur", "membre",
        "usuario", "miembro",
    ),
    "first_name": ("first name",),
    "last_name": ("last name",),
    "client": ("client", "kunde", "cliente", "klant"),
    "project": ("project", "projekt", "projet", "proyecto", "projeto", "project name"),
    "task": ("task", "aufgabe", "tache", "tarea", "tarefa", "taak"),
    "note": (
        "description", "notes", "note", "beschreibung", "descripcion", "descricao",
        "time entry", "omschrijving",
    ),
    "billable": (
        "billable", "abrechenbar", "verrechenbar", "facturable", "faturavel", "factureerbaar",
    ),
    "invoiced": ("invoiced", "berechnet", "facture", "facturado", "faturado"),
    "start_date": (
        "start date", "date", "startdatum", "date de debut", "fecha de inicio",
        "data de inicio",
    ),
    "start_time": (
        "start time", "started at", "startzeit", "heure de debut", "hora de inicio",
    ),
    "stop_date": (
        "end date", "stop date", "enddatum", "date de fin", "fecha de finalizacion",
        "fecha de fin", "data de termino", "data de fim",
    ),
    "stop_time": (
        "end time", "stop time", "ended at", "endzeit", "heure de fin",
        "hora de finalizacion", "hora de fin", "hora de termino", "hora de fim",
    ),
    "duration_h": (
        "duration h", "time h", "dauer h", "duree h", "duracion h", "duracao h",
    ),
    "duration_decimal": (
        "duration decimal", "time decimal", "dauer dezimal", "duree decimale", "duree decimal",
        "duracion decimal", "duracao decimal",
    ),
    "duration": ("duration", "dauer", "duree", "duracion", "duracao"),
    "hours": ("hours",),
    "tags": ("tags", "tag", "schlagworter", "etiquettes", "etiquetas"),
    "type": ("type", "typ", "tipo"),
}  # fmt: skip

YES = frozenset((
    "yes", "true", "1", "y", "billable", "ja", "oui", "si", "sim", "da", "tak", "はい", "jah",
))  # fmt: skip
NO = frozenset((
    "no", "false", "0", "n", "non billable", "nein", "non", "nao", "nee", "nie", "ne", "いいえ",
    "ei",
))  # fmt: skip
