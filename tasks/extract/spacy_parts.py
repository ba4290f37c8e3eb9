"""The parts of spaCy that the room uses: imported here only, and without spaCy's own command line.

`import spacy` brings that along with the libraries that it downloads and prints with, and half of its time goes there.
"""

from types import ModuleType

from quotidian.tasks.tables.light_import import standing_in

info = ModuleType("spacy.cli.info")
info.info = None

with standing_in({"spacy.cli.info": info}):
    import spacy
    from spacy.attrs import SENT_START
    from spacy.language import Language
    from spacy.pipeline import DependencyParser
    from spacy.tokens import Doc

__all__ = ["SENT_START", "DependencyParser", "Doc", "Language", "spacy"]
