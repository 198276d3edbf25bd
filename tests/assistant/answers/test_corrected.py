"""What readers corrected is what is answered, in a conversation too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.models import Turn
from assistant.workspace import Workspace

STORY = (
    "Le marché rouvre\n\n« Nous rouvrirons lundi », a déclaré Claire Besson. Le maire, Paul Adam, a répondu : "
    "« Il faudra attendre encore. » « Tout est prêt dans les halles », a assuré Odile Mercier."
)


def test_a_follow_up_leans_on_whoever_is_said_to_have_spoken_now(
    workspace: Workspace, write: Callable[[str, str], Path]
) -> None:
    (result,) = workspace.add([write("story.txt", STORY)])
    asked = "Qui a dit « Nous rouvrirons lundi » ?"
    before = workspace.answer(asked)
    assert before.citations[0].speaker == "Claire Besson"
    correcting = workspace.correcting()
    correcting.set_speaker(correcting.find(str(result.article_id), "Nous rouvrirons"), "Odile Mercier")
    told = workspace.answer("Que dit-elle d'autre ?", [Turn(asked, before)])
    assert {cited.speaker for cited in told.citations} == {"Odile Mercier"}
    assert [cited.quote for cited in told.citations] == ["Tout est prêt dans les halles"]
    correcting.undo(1)
    told = workspace.answer(asked, [Turn(asked, before)])
    assert told.citations[0].speaker == "Claire Besson"
