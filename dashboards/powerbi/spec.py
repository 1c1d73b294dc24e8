"""What the model and the report are made of: model.yaml, pages.yaml and the list of measures, with what follows from them."""

import re
import uuid
from pathlib import Path

import measures

HERE = Path(__file__).resolve().parent
SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://autopulse/dashboards/powerbi")
FIELD = re.compile(r"([\w ]+)\[([^\]]+)\]")


class Spec:
    """The two files and the list, read once."""

    def __init__(self, model=HERE / "model.yaml", pages=HERE / "pages.yaml", listed=None):
        self.model = measures.yaml_of(model)
        self.report = measures.yaml_of(pages)
        self.listed = listed or measures.read()

    @property
    def measures(self):
        """Returns the measures of the list."""
        return self.listed["measures"]

    def home(self, measure):
        """Returns the table that holds a measure: that of the first relation it reads."""
        return self.home_of(measures.relations_of(measure, self.measures)[0])

    def home_of(self, relation):
        """Returns the table that holds the measures of a relation, or with None those of texts, which read none."""
        return next(table["name"] for table in self.model["tables"] if table.get("relation") == relation)

    def measures_of(self, table):
        """Returns the measures that a table holds."""
        return [measure for measure in self.measures if self.home(measure) == table["name"]]

    def texts(self):
        """Returns the measures that say the titles and alternative texts of visuals in a reader's language: their names by the English texts."""
        found = {}
        for page in self.report["pages"]:
            for visual in page["visuals"]:
                for key, what in (("title", "Title"), ("alt", "Alternative text")):
                    found.setdefault(visual[key], f"{what} of {page['name']} {visual['name']}")
        french = self.report["french"]
        if found.keys() != french.keys():
            raise ValueError(f"pages.yaml has no French or no visual of {', '.join(sorted(found.keys() ^ french.keys()))}")
        return found

    def field(self, text):
        """Returns the kind, table and name of a field: Table[Column], or the name of a measure."""
        column = FIELD.fullmatch(text)
        if column:
            return "Column", column.group(1), column.group(2)
        measure = next((one for one in self.measures if one["name"] == text), None)
        if measure is None:
            raise ValueError(f"{text} is neither Table[Column] nor a measure")
        return "Measure", self.home(measure), measure["label"]["en"]


def tag(*names):
    """Returns the id of an object, the same whenever it is made."""
    return str(uuid.uuid5(SPACE, "/".join(names)))
