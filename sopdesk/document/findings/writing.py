"""Hints on how an activity is written: it begins with an active verb and does not name its actor.

Whether a word is an active verb is told by its form: `me-` and its shapes (`mem-`, `men-`, `meng-`,
`meny-`), `ber-`, or a bare stem that asks for something (`periksa`, `siapkan`). Words that only
look so (`menteri`, `berkas`) are listed, and a few stems are; the rest is left to the clerk.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from sopdesk.document.edits import change_step
from sopdesk.document.findings.finding import Finding
from sopdesk.document.markup import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopdesk.document.values import Procedure, Step


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_VERB = re.compile(r"me[mnlrwy][\w-]{3,}|ber[\w-]{3,}|\w{3,}kan")
_NO_VERBS = _listed(
    "menteri mekanisme mental menara berkas berita beras bersih bersama berupa berdasarkan berikut"
    " bahkan rekan mengenai menurut melalui pendidikan kebijakan tindakan kedudukan kerusakan"
)
_STEMS = _listed(
    "periksa perbaiki terima buat kirim catat susun simpan baca tulis isi cek paraf setujui tanda"
    " tandatangan tandatangani ikut hadir hadiri kumpul ambil beri bawa telaah teliti verifikasi"
    " koreksi input cetak unggah unduh arsip ketik pilih hitung bayar panggil undang"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def findings_in_writing(procedure: Procedure) -> Iterator[Finding]:
    """Yield the hints on the wording of a flow table's activities."""
    actors = {_folded(plain(lane.name)): plain(lane.name).strip() for lane in procedure.lanes}
    for step in procedure.steps:
        activity = plain(step.activity).strip()
        if not activity:
            continue
        named = _actor_at_the_start(activity, actors)
        if named is not None:
            actor, rest = named
            mend = partial(_without_actor, step_id=step.id, rest=rest, old=step.activity)
            is_clear = bool(rest) and activity == step.activity.strip()
            facts = {"actor": actor}
            yield Finding(
                "activity_names_actor", "hint", step.id, 0, facts, mend if is_clear else None
            )
        elif not _begins_with_verb(activity):
            yield Finding("activity_without_verb", "hint", step.id)


def _begins_with_verb(activity: str) -> bool:
    match = _WORD.search(activity)
    if match is None:
        return False
    word = match[0].casefold()
    return word in _STEMS or (word not in _NO_VERBS and _VERB.fullmatch(word) is not None)


def _folded(name: str) -> str:
    """Return a name without case, doubled letters and spaces: Kasubbag and Kasubag are one."""
    return re.sub(r"(\w)\1", r"\1", " ".join(_WORD.findall(name.casefold())))


def _actor_at_the_start(activity: str, actors: dict[str, str]) -> tuple[str, str] | None:
    """Return the actor that an activity begins with, and the words after the name."""
    words = list(_WORD.finditer(activity))
    for count in range(min(len(words) - 1, 6), 0, -1):
        name = _folded(activity[: words[count - 1].end()])
        if name in actors and name:
            return actors[name], activity[words[count].start() :]
    return None


def _without_actor(procedure: Procedure, step_id: str, rest: str, old: str) -> Procedure:
    """Take the name off, unless the activity has been worded otherwise since."""
    step: Step | None = next((one for one in procedure.steps if one.id == step_id), None)
    if step is None or step.activity != old:
        return procedure
    return change_step(procedure, step_id, activity=rest[:1].upper() + rest[1:])
