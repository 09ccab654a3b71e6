"""What nbgrader is to know of these assignments: nbgrader_config.py takes it in by load_subconfig."""

from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor


class PutStarter(NbGraderPreprocessor):
    """Puts what an exercise begins with where its solution stood."""

    def preprocess_cell(self, cell, resources, cell_index):
        cell.source = cell.metadata.get("digits", {}).get("starter", cell.source)
        return cell, resources


c = get_config()  # noqa: F821
c.ClearSolutions.code_stub = {**ClearSolutions.code_stub.default(), "typescript": ""}
c.GenerateAssignment.preprocessors.insert(4, PutStarter)  # behind ClearSolutions
# The preparation trains a network, and some answers train one for longer.
c.Execute.timeout = 300
