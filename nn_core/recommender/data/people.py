"""How columns about persons are called, and first names that many people have."""

import re
from functools import cache

PHONES = (
    "phone",
    "telefon",
    "mobile",
    "handy",
    "telephone",
    "电话",
    "手机",
    "telefono",
    "téléfono",
)
PERSONS = (
    "firstname", "lastname", "surname", "fullname", "familyname", "givenname", "customername",
    "buyername", "username", "contactname", "clientname", "membername", "vorname", "nachname",
    "kundenname", "ansprechpartner", "姓名", "客户姓名", "apellido", "apellidos", "prenom",
    "prénom", "nomclient", "nomdefamille", "nombrecliente", "cardholder", "recipient", "empfänger",
)  # fmt: skip

# The most usual ones of English, German, French, Spanish and Italian censuses, without those that
# shops sell things by (rose, grace, jade, amber, mark).
FIRST_NAMES = frozenset(
    """
    james mary robert patricia john jennifer michael linda david elizabeth william barbara richard
    susan joseph jessica thomas sarah charles karen christopher lisa daniel nancy matthew betty
    anthony sandra margaret donald ashley steven kimberly paul emily andrew donna joshua michelle
    kenneth carol kevin amanda brian melissa george deborah timothy stephanie ronald rebecca jason
    laura edward helen jeffrey sharon ryan cynthia jacob kathleen gary amy nicholas shirley eric
    angela jonathan anna stephen brenda larry pamela justin emma scott nicole brandon samantha
    benjamin katherine samuel christine gregory alexander rachel patrick
    hans peter klaus wolfgang juergen jürgen dieter manfred uwe günter günther horst bernd stefan
    markus andreas matthias sebastian tobias florian felix lukas leon jonas maria ursula monika
    petra elisabeth sabine renate helga brigitte ingrid katharina julia susanne birgit claudia
    heike anja jean pierre michel andré philippe alain bernard jacques françois nathalie
    isabelle sylvie catherine françoise monique sophie camille
    josé antonio manuel francisco juan javier carlos miguel carmen josefa dolores pilar ana lucia
    lucía isabel luis jesus jesús giuseppe giovanni mario luigi francesco giulia chiara marco
    mohammed muhammad ali ahmed fatima omar ayşe mehmet yusuf
    """.split()
)


@cache
def of_a_phone(column: str) -> bool:
    return any(word in squeezed(column) for word in PHONES) or squeezed(column) in ("tel", "fon")


@cache
def of_a_person(column: str) -> bool:
    return any(word == squeezed(column) for word in PERSONS)


def squeezed(column: str) -> str:
    """Without case, blanks and punctuation."""
    return re.sub(r"[\W_]+", "", column.casefold())
